import type { FunctionFamily } from '../../../types/index.ts';

/** Geographies, geometries and H3 cells. What is made of a geography is one, and likewise of a geometry. */
export const geospatial: readonly FunctionFamily[] = [
  {
    kind: 'scalar',
    nulls: 'maybe',
    lines: `
h3_cell_to_boundary, h3_cell_to_point (any) geography
h3_cell_to_children (any, integer) array
h3_cell_to_children_string (text, integer) array
h3_cell_to_parent (any, integer) ?
h3_compact_cells, h3_compact_cells_strings (any) array
h3_coverage, h3_coverage_strings, h3_polygon_to_cells, h3_polygon_to_cells_strings (any, integer) array
h3_try_coverage, h3_try_coverage_strings, h3_try_polygon_to_cells, h3_try_polygon_to_cells_strings (any, integer) array
h3_get_resolution (any) number
h3_grid_disk (any, integer) array
h3_grid_distance, h3_try_grid_distance (any, any) number
h3_grid_path, h3_try_grid_path (any, any) array
h3_int_to_string (any) varchar
h3_string_to_int (any) number
h3_is_pentagon, h3_is_valid_cell (any) boolean
h3_latlng_to_cell (number, number, integer) number
h3_latlng_to_cell_string (number, number, integer) varchar
h3_point_to_cell (any, integer) number
h3_point_to_cell_string (any, integer) varchar
h3_uncompact_cells, h3_uncompact_cells_strings (any, integer) array
h3_try_compact_cells, h3_try_compact_cells_strings (any*) array
st_area, st_length, st_perimeter, st_x, st_xmax, st_xmin, st_y, st_ymax, st_ymin, st_z (any) float
st_asgeojson (any) object
st_aswkb, st_asbinary, st_asewkb (any) binary
st_aswkt, st_astext, st_asewkt (any) varchar
st_azimuth, st_distance, st_hausdorffdistance (any, any) float
st_buffer (any, number) same
st_centroid, st_convexhull, st_envelope (any) same
st_contains, st_coveredby, st_covers, st_disjoint, st_intersects, st_within (any, any) boolean
st_difference, st_intersection, st_symdifference, st_union (any, any) same
st_dimension, st_npoints, st_numpoints, st_srid, st_numgeometries (any) number
st_dwithin (any, any, number) boolean
st_endpoint, st_startpoint (any) same
st_geogfromgeohash, st_geographyfromgeohash, st_geogpointfromgeohash (text, integer?) geography
st_geogpoint, st_geographypoint, st_makepoint, st_point (number, number) geography
st_geographyfromtext, st_geogfromtext, st_geographyfromwkt, st_geogfromwkt (text, boolean?) geography
st_geographyfromewkt, st_geogfromewkt (text, boolean?) geography
st_geographyfromwkb, st_geogfromwkb, st_geographyfromewkb (any, boolean?) geography
st_geohash (any, integer?) varchar
st_geometryfromtext, st_geomfromtext, st_geometryfromwkt, st_geomfromwkt, st_geometryfromewkt (any, any?, any?) geometry
st_geomfromewkt, st_geometryfromwkb, st_geomfromwkb, st_geometryfromewkb, st_geomfromewkb (any, any?, any?) geometry
st_geomfromgeohash, st_geompointfromgeohash (text, integer?) geometry
st_geompoint, st_geometrypoint, st_makegeompoint (number, number, number?) geometry
st_interpolate (any, number) same
st_isclosed, st_isring, st_issimple, st_isvalid (any) boolean
st_makeline (any, any) same
st_makepolygon, st_polygon, st_makepolygonoriented (any) same
st_makegeogpoint (number, number) geography
st_pointn (any, integer) same
st_setsrid (any, integer) same
st_simplify (any, number, boolean?) same
st_snap, st_subdivide (any*) ?
st_transform (any, integer, integer?) geometry
`,
  },
];
