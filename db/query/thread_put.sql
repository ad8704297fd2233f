INSERT INTO thread (process_id, number, tid, name, first_ns, last_ns, user_ns, sys_ns, wait_ns, voluntary, involuntary)
VALUES (:process, :number, :tid, :name, :first_ns, :last_ns, :user_ns, :sys_ns, :wait_ns, :voluntary, :involuntary)
