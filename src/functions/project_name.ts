import type { TemplateFunction, YamlRendering } from '../core/index.ts';

const create = (rendering: YamlRendering) => rendering.projectName;

/** `project_name`: the root project's name, also in the files of packages. Absent while the project file itself is read. */
const projectName: TemplateFunction = {
  name: 'project_name',
  create: (rendering) => rendering.projectName,
  createForYaml: create,
};
export default projectName;
