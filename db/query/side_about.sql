-- The program and the machine of a side's first run.
SELECT json_extract(s.argv, '$[0]'), coalesce(p.host || ', ' || p.cpu, r.host || ', ' || r.cpu, '')
FROM side_run
JOIN run_summary s ON s.id = side_run.run_id
LEFT JOIN process p ON p.id = s.root_id
LEFT JOIN recorded r ON r.run_id = s.id
WHERE side = :side
ORDER BY repeat
LIMIT 1
