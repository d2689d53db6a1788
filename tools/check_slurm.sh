#!/usr/bin/env bash
# Runs Deploy/slurm.sbatch on a real Slurm, a controller and two nodes in network namespaces, breaks the run in
# every way at hand, and compares the result with that of an unbroken run. As root, with Debian's packages
# slurm-wlm, munge, iproute2 and procps:
#
#     tools/check_slurm.sh > Deploy/runs/slurm.txt
#
# SPOLVERO names the program, .build/release/spolvero if not given; IMAGES and STEPS the length of the run.
# shellcheck source=tools/cluster.sh
source "$(dirname "$0")/cluster.sh"
need slurmctld slurmd munged ip nsenter pgrep

start_slurm() {
  local node
  install -d -m 755 /srv/munge /srv/slurm /srv/slurm/state
  chown root:root /srv/munge
  chmod 755 /srv
  dd if=/dev/urandom of=/srv/munge/key bs=128 count=1 status=none
  chmod 600 /srv/munge/key
  munged --key-file /srv/munge/key --socket /srv/munge/socket --pid-file /srv/munge/pid --log-file /srv/munge/log \
    --seed-file /srv/munge/seed
  cat > /srv/slurm/slurm.conf <<'CONFIGURATION'
ClusterName=check
SlurmctldHost=control(10.77.0.1)
SlurmUser=root
AuthType=auth/munge
AuthInfo=socket=/srv/munge/socket,cred_expire=5
StateSaveLocation=/srv/slurm/state
SlurmdSpoolDir=/srv/slurm/%n
SlurmdPidFile=/srv/slurm/%n.pid
SlurmctldPidFile=/srv/slurm/control.pid
SlurmdLogFile=/srv/slurm/%n.log
SlurmctldLogFile=/srv/slurm/control.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
MpiDefault=none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU,CR_LLN
SlurmdParameters=config_overrides
# A node that is not heard of for so long is given up, and its tasks are queued again.
SlurmdTimeout=10
ReturnToService=2
NodeName=n1 NodeAddr=10.77.0.2 CPUs=4
NodeName=n2 NodeAddr=10.77.0.3 CPUs=4
PartitionName=all Nodes=ALL Default=YES State=UP
CONFIGURATION
  export SLURM_CONF=/srv/slurm/slurm.conf
  on control slurmctld -D 2> /dev/null &
  for node in n1 n2; do on "$node" slurmd -D 2> /dev/null & done
  await_nodes
  say "$(slurmd -V): $(on control sinfo --noheader --format 'partition %R, %D nodes of %c processors, %t')"
}

await_nodes() {
  until [[ $(on control sinfo --noheader --format '%D %t' 2> /dev/null) == "2 idle" ]]; do sleep 0.5; done
}

# Hands the job in, as from a login node; prints its number.
submit() {
  on control env SPOLVERO=/srv/bin/spolvero sbatch --parsable --chdir /srv --export ALL \
    --cpus-per-task 1 --mem 0 --array 1-4 --output /srv/logs/%A_%a.log \
    "$root/Deploy/slurm.sbatch" "${run[@]}" --output /srv/augmented
}

# The tasks of a job, one a line.
show_tasks() {
  on control scontrol show job "$1" --oneliner | sort --version-sort | sed --regexp-extended \
    's/.*ArrayTaskId=([0-9]+) .*JobState=([A-Z_]+).*Restarts=([0-9]+).*ExitCode=([0-9]+:[0-9]+).*NodeList=(\S*) .*/\
       task \1 on \5: \2, exit \4, restarts \3/; s/^\n *//' | sort | sed 's/^/        /'
}

await_end() {
  while on control squeue --noheader 2> /dev/null | grep --quiet .; do sleep 1; done
}

# The process that paints a task.
program_of() {
  local process
  for process in $(programs augment); do
    if tr '\0' '\n' < "/proc/$process/environ" | grep --quiet --line-regexp "SLURM_ARRAY_TASK_ID=$1"; then
      echo "$process"
    fi
  done
}

share_files
mkdir /srv/logs
paint_unbroken
make_machines control n1 n2
start_slurm

say "The first array: each task is broken in another way."
job=$(submit)
await_images /srv/augmented 3
show_tasks "$job"
say "task 1: its program is killed with SIGKILL"
kill -KILL "$(program_of 1)"
say "task 2: scontrol requeue"
on control scontrol requeue "${job}_2"
say "task 3: scancel"
on control scancel "${job}_3"
say "task 4: is told that its time is nearly up"
on control scancel --batch --signal USR1 "${job}_4"
await_images /srv/augmented 10
show_tasks "$job"
say "n2 loses its network: Slurm gives it up, while what it runs paints on"
on_switch ip link set port3 down
await_end
show_tasks "$job"
say "$(painted /srv/augmented) of $images images are painted; the ledger is $(
  [[ -e /srv/augmented/ledger.jsonl ]] && echo there || echo not there yet)"

on_switch ip link set port3 up
await_nodes
say "n2 is back"

say "The same line twice at once: every shard has two tasks, on both nodes."
job=$(submit)
second=$(submit)
await_end
for array in "$job" "$second"; do
  say "job $array"
  show_tasks "$array"
  for log in /srv/logs/"$array"_*.log; do echo "        $(basename "$log"): $(tail -n 1 "$log")"; done
done
compare /srv/augmented
