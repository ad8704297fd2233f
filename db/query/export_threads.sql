-- Threads of process :process; times since it started.
SELECT tid, name, first_ns, last_ns, user_ns, sys_ns, wait_ns FROM thread WHERE process_id = :process ORDER BY number
