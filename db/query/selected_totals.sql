-- cpu: what the samples share out; where none were taken, the user CPU time.
SELECT count(*), coalesce(sum(p.samples), 0),
       coalesce(sum(CASE WHEN p.samples > 0 THEN p.samples * p.sample_ns ELSE p.user_ns END), 0.0),
       coalesce(sum(p.sys_ns), 0), coalesce(sum(p.ended = 'lost'), 0)
FROM selected s JOIN process p ON p.id = s.process_id
