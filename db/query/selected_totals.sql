SELECT count(*), coalesce(sum(p.samples), 0), coalesce(sum(p.sys_ns), 0), coalesce(sum(p.ended = 'lost'), 0)
FROM selected s JOIN process p ON p.id = s.process_id
