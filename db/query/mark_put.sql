INSERT INTO mark (process_id, kind, name, count, timed, sum, least, most, last, p50, p99, cpu_timed, cpu_wall, cpu_sum,
    in_steps, first_ns, last_ns)
VALUES (:process, :kind, :name, :count, :timed, :sum, :least, :most, :last, :p50, :p99, :cpu_timed, :cpu_wall,
    :cpu_sum, :in_steps, :first_ns, :last_ns)
