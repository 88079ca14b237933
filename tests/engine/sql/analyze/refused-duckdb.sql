-- sql/window-in-where
select row_number() over (order by id) as rn from t where rn = 1;
select id from t where row_number() over () > 1;
-- sql/aggregate-in-where
select count(*) as n from t where n > 1;
select id from t where sum(id) > 1;
select id from t group by sum(id);
-- sql/duplicate-name
with c as (select 1), c as (select 2) select 1;
-- sql/ungrouped-column
select id, count(*) from t;
select count(*) from t order by id;
select sum(id) over () + sum(id) from t;
select id::varchar, cast(amount as int), count(*), sum(amount), id + 1, -id, not true, name || 'x', case when id=1 then 2 else 3 end, coalesce(id,1), id between 1 and 2, id in (1,2), id is null, 'x', 1, 1.5, null, current_date, interval 1 day, [1,2], {'a':1}, st from t, s;
select id from t group by name, id having amount > 1;
select count(*) from t group by name order by name, id;
select name from t group by name qualify row_number() over (order by id) = 1;
select name, sum(id) over () from t group by name;
select 1 from t having id > 1;
select id from t having true;
select id from t group by ();
select sum(id) over (order by sum(id)) from t;
select id as name, sum(amount) from t group by name;
select count(*), unnest(l) from s;
-- sql/order-by-position
select * from t order by 4;
select name from t group by 2;
-- sql/unknown-table
select * from values_x;
select t.id from t as z;
select x.nope from t;
with r as (select 1 as n union all select n+1 from r where n<3) select * from r;
select a.* from t;
select main.nope from t;
select other.t2.id from sc.t2;
select 1 where exists (select 1 from t t2 where t2.id = t.id);
-- sql/unknown-column
select column0 from (values (1,2));
select * exclude(nope) from t;
select * replace (id+1 as nope) from t;
select a from t;
select t.nope from t;
select id from t where exists (select 1 from u where u.x = t.nope);
select id from t limit name;
select l[1], l[1:2], st['a'], x -> x+1 from s;
select name from t union select name from u order by id;
select excluded from t;
select st.nope from s;
select name.x from t;
select id.x from t;
select l.x from s;
select b+1 as c, id as b from t;
select t.id as q, u.x from t join u on q = u.id;
select * from t join u using (nope);
select id from t where st = 1;
select id from t where st;
select st.a.q from s;
select t.x from (t join u using (id)) j;
select t.nope.x from t;
select sc.t2.nope from sc.t2;
select id from t order by nope;
select t.id from t where id = id.id;
select min(id) over w from t window w as (partition by zz);
select a.b.c from s a;
select list_transform(l, q -> q + a) , st.a as a from s;
select id.a from t;
-- sql/ambiguous-column
select id from t, u;
select id from t, t;
select a.id from t a, u a;
select t.id from t, (select 1 as id) t;
select t.id as id from t join u on true where id = 1;
select t.id as id from t join u on true qualify row_number() over (order by id) = 1;
-- sql/set-operation-width
select 1 union select 1,2;
-- sql/subquery-columns
select id from t where id in (select id, x from u);
select (select id, x from u);
-- sql/wrong-arity
select abs(1,2);
-- sql/nested-aggregate
select sum(sum(id)) from t;
-- sql/type-mismatch
select lower(id) from t;
select upper(amount), name + 1 from t;
select true + 1;
select id from t where name > 5;
select case when true then id else name end from t;
select sum(name) from t;
select avg(name) from t;
select id + name from t;
select -name from t;
values (1, 'a'), (date '2020-01-01', 2);
-- sql/duplicate-alias
select * from t, t;
select * from t a, u a;
-- sql/too-many-names
select * from (select id from t) q(a, b);
select * from t q(a,b,c,d);
-- sql/values-width
select id from (values (1, 2), (3)) v(id);
-- sql/empty-star
select * exclude (id, name, amount) from t;
select * ilike 'zzz' from t;
-- sql/unknown-window
select id, lag(id) over nope from t;
-- sql/missing-over
select rank() from t;
select lag(id) from t;
-- sql/type-size
select cast(amount as decimal(50, 2)) from t;
select amount::numeric(0) from t;
select null::decimal(39)[] from t;
select try_cast(name as decimal(2, 5)) from t;
select decimal(2, 5) '1' from t;
