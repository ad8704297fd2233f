INSERT INTO mark_bin (process_id, kind, name, first_step, steps, count, sum, least, most)
VALUES (:process, :kind, :name, :first_step, :steps, :count, :sum, :least, :most)
