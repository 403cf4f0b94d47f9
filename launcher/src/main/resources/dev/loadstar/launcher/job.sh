# Runs one job in the job's folder: "$1" is setsid or empty, the rest is the command.
# It outlives the process that started it, and notes the exit code even when that one is gone.
umask 077
trap '' HUP INT QUIT
# Of several starters of the same job exactly one gets past this line.
if ! mkdir claimed 2>/dev/null; then
    [ -d claimed ] && exit 0
    echo "the job's folder cannot be written" >&2
    exit 1
fi
setsid=$1
shift
# Without setsid, job control gives the program a process group of its own.
[ -n "$setsid" ] || set -m

# Clock ticks from boot to the start of a process; with its number they name it for good. Empty where there is no /proc.
birth() {
    read -r stat 2>/dev/null <"/proc/$1/stat" || return 0
    set -- ${stat##*) }
    echo "${20}"
}

(cd work && exec $setsid "$@") </dev/null >>log.txt 2>&1 &
program=$!
{
    echo "$program $(birth $program)"
    echo "$$ $(birth $$)"
} 2>/dev/null >pid.new && [ -s pid.new ] && mv pid.new pid || {
    # Nobody would ever find it again.
    kill -s KILL -- -$program 2>/dev/null || kill -s KILL $program
    echo "the job's process cannot be noted in its folder" >&2
    exit 1
}

wait $program
code=$?
# What the program started and left behind ends with it.
kill -s KILL -- -$program 2>/dev/null
echo $code >exit.new && mv exit.new exit
