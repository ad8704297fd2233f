INSERT INTO timing (process_id, function_id, timed, calls, total_ns, least_ns, most_ns, running, unseen, thinned,
    recursed, bins)
VALUES (:process, :function, :timed, :calls, :total, :least, :most, :running, :unseen, :thinned, :recursed, :bins)
ON CONFLICT (process_id, function_id) DO NOTHING
