{{ config(materialized='table') }}
-- to be written
