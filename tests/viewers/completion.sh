#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Completion in bash and zsh, typed into an interactive shell: "typed => what it becomes with all that fits".
. "$(dirname "$0")/../e2e/lib.sh"
need bash zsh
loader=/usr/share/bash-completion/bash_completion
[ -f $loader ] || skip "needs the package bash-completion"
PATH=$FARM_BUILD/bin:$PATH
unset FARM_DB
"$farmcc" -O1 -DWANTED=3 -DSTEPS=2 "$here/prog.c" -o prog
farmdb record -l before -- ./prog 10 >/dev/null
farmdb record -l after -- ./prog 20 >/dev/null
farmdb record -l before --db other.db -- ./prog 20 >/dev/null
farmdb label --db other.db before elsewhere >/dev/null
: >a.c

cat >cases <<'END'
farmdb rep => farmdb report
farmdb report -f obs => farmdb report -f observe
farmdb report --function=obs => farmdb report --function=observe
farmdb report --file pro => farmdb report --file prog.c
farmdb report --sort  => farmdb report --sort allocs bytes leaked own-peak peak temporary
farmdb report --sort=b => farmdb report --sort=bytes
farmdb report bef => farmdb report before
farmdb report @lat => farmdb report @latest @latest~1
farmdb --db other.db report else => farmdb --db other.db report elsewhere
farmdb compare before aft => farmdb compare before after
farmdb compare before,aft => farmdb compare before,after
farmdb compare x=bef => farmdb compare x=before
farmdb compare --metric wall => farmdb compare --metric wall_s
farmdb record --inter => farmdb record --interleave
farmdb record --label aft => farmdb record --label after
farmdb export ba => farmdb export baseline
farmdb export c => farmdb export callgrind cobertura csv
farmdb export lcov bef => farmdb export lcov before
farmdb help sca => farmdb help scale
farmdb --color  => farmdb --color always auto never
farmdb rm befo => farmdb rm before
farmcc --farm-counts=v => farmcc --farm-counts=volatile
farmcc --farm-verb => farmcc --farm-verbose
farmcc a. => farmcc a.c
END
sed 's/ =>.*//' cases >typed
sed 's/.* => //' cases >expected

# As bash-completion finds the scripts of packages.
cat >input <<END
source $loader
bind '"\\C-t": insert-completions'
END
awk '{ printf "%s\024\001echo R: \005\n", $0 }' typed >>input
XDG_DATA_DIRS=$FARM_BUILD/share:/usr/share TERM=dumb bash --norc --noprofile -i <input 2>log |
    sed -n 's/^R: //; T; s/ *$//p' >bash.out
same "completion in bash" expected bash.out

cat >rc.zsh <<'END'
PS1= RPS1=
fpath=($FARM_BUILD/share/zsh/site-functions $fpath)
autoload -U compinit && compinit -u -d $PWD/zcompdump
zle -C all-matches complete-word _generic
bindkey '^T' all-matches
bindkey '^A' beginning-of-line
bindkey '^E' end-of-line
zstyle ':completion:all-matches::::' completer _all_matches _complete
zstyle ':completion:all-matches:*' insert true
unset zle_bracketed_paste
END
while IFS= read -r line; do set -- "$@" "$line"; done <typed
HOME=$work timeout 120 zsh -f "$here/complete.zsh" "$@" | tr -d '\r' | sed 's/ *$//; /^$/d' >zsh.out
same "completion in zsh" expected zsh.out
# A store that is not there, or not ours, is silence.
[ -z "$(farmdb --db none.db completion words runs 2>&1)" ] || fail "a missing store is talked about"
[ -z "$(farmdb --db a.c completion words runs 2>&1)" ] || fail "a file that is no store is talked about"
