-- What timing lines exactly cost in the selected processes: each time, its spread, and all that was taken off.
SELECT avg(e.lap_cost_ns), max(e.lap_cost_spread_ns),
       (SELECT coalesce(sum(l.cost_ns), 0.0) FROM selected s JOIN exact_line l USING (process_id))
FROM selected s JOIN exact_clock e USING (process_id)
HAVING count(*) > 0
