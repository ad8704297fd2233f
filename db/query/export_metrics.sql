-- Figures of the selected runs, with what names the run.
SELECT m.name, m.value, m.run_id, run.label, json_extract(s.argv, '$[0]')
FROM run_metric m
JOIN run ON run.id = m.run_id
JOIN run_summary s ON s.id = m.run_id
WHERE m.run_id IN (SELECT run_id FROM side_run WHERE side = 0)
ORDER BY m.name, m.run_id
