select 10.00::decimal(10, 2) as net
union all
select 10.00
