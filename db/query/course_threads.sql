-- Threads of the selected processes.
SELECT p.pid, t.tid, t.name, t.wall_ns, t.user_ns, t.sys_ns, t.waiting_ns, t.ready_ns, t.voluntary, t.involuntary
FROM selected s JOIN process p ON p.id = s.process_id JOIN thread_time t ON t.process_id = p.id
ORDER BY t.user_ns + t.sys_ns DESC, p.id, t.number
