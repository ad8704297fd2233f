-- What a run takes over from another that becomes part of it.
UPDATE run SET started_ns = min(started_ns, (SELECT started_ns FROM run WHERE id = :from)),
    label = iif(label = '', (SELECT label FROM run WHERE id = :from), label)
WHERE id = :into
