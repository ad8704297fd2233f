SELECT first_step, steps, count, sum FROM mark_bin
WHERE process_id = :process AND kind = 'step' AND name = :name
ORDER BY first_step
