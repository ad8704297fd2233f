-- Regions of process :process with their time in all, and steps in bins: a bin begins where the whole steps before it
-- end.
SELECT 'region', m.name, 0, m.sum, m.count, m.sum, 0, 0
FROM mark m
WHERE m.process_id = :process AND m.kind = 'region'
UNION ALL
SELECT 'step', b.name, m.first_ns + sum(b.sum) OVER w - b.sum, m.first_ns + sum(b.sum) OVER w, b.count, b.sum,
       b.first_step, b.steps
FROM mark_bin b JOIN mark m USING (process_id, kind, name)
WHERE b.process_id = :process AND b.kind = 'step'
WINDOW w AS (PARTITION BY b.name ORDER BY b.first_step)
ORDER BY 1, 2, 3
