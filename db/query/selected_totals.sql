SELECT count(*), coalesce(sum(p.samples), 0), coalesce(sum(p.sys_ns), 0), coalesce(sum(p.ended = 'lost'), 0),
       coalesce(max(coalesce(i.calls, 1)), 1), coalesce(max(coalesce(i.hits, 1)), 1),
       coalesce(min(p.ended = 'imported'), 0)
FROM selected s JOIN process p ON p.id = s.process_id LEFT JOIN imported i ON i.process_id = p.id
