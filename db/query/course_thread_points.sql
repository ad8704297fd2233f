SELECT p.pid, t.tid, tp.time_ns, tp.cpu_ns
FROM selected s JOIN process p ON p.id = s.process_id JOIN series_thread tp ON tp.process_id = p.id
JOIN thread t ON t.process_id = p.id AND t.number = tp.number
ORDER BY p.id, tp.number, tp.time_ns
