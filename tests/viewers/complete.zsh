# SPDX-License-Identifier: GPL-3.0-or-later
# complete.zsh LINE...: types each line into an interactive zsh, has it completed with all that fits, and prints it.
zmodload zsh/zpty
zpty shell 'TERM=dumb COLUMNS=1000 zsh -f -i 2>&1'
zpty -w shell 'source ./rc.zsh; stty -echo columns 1000; echo ready'
out=
while [[ $out != *$'\n'ready* ]]; do zpty -r shell line || exit 1; out+=$line; done
for typed in "$@"; do
    zpty -w -n shell "$typed"$'\x14\x01echo R: \x05\n'
    while zpty -r shell line; do
        [[ $line == 'R: '* ]] && { print -r -- ${${line#R: }%%[[:space:]]#}; break }
    done
done
zpty -d shell
