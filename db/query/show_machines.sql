SELECT DISTINCT p.host, p.cpu, p.cores, p.kernel, p.cwd FROM selected s JOIN process p ON p.id = s.process_id LIMIT 4
