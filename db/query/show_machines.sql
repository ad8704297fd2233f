SELECT DISTINCT p.host, p.cpu, p.cores, p.kernel, p.cwd FROM selected s JOIN process p ON p.id = s.process_id
UNION
SELECT host, cpu, cores, kernel, cwd FROM chosen JOIN recorded USING (run_id)
WHERE NOT EXISTS (SELECT 1 FROM process WHERE process.run_id = chosen.run_id)
LIMIT 4
