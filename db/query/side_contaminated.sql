-- Runs of a side whose times are not to be trusted, and why, for one.
SELECT side, count(*), min(contaminated)
FROM side_run JOIN recorded USING (run_id)
WHERE contaminated <> ''
GROUP BY side
ORDER BY side
