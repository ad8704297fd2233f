SELECT core, time_ns, own_ns, busy_ns FROM series_core WHERE process_id = :process ORDER BY core, time_ns
