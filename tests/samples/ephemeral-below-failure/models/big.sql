{{ config(materialized='ephemeral') }} select * from {{ ref('orders') }} where {{ run_query('select count(*) from ' ~ ref('orders'))[0][0] if execute }} > 0
