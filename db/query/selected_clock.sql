-- The clock of the selected processes, as far as they agree.
SELECT c.source, avg(c.ticks_per_s), avg(c.call_cost_ns), max(c.call_cost_spread_ns), max(c.thin_below_ns)
FROM selected s JOIN clock c USING (process_id)
GROUP BY c.source
ORDER BY count(*) DESC
LIMIT 1
