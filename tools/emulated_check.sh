#!/usr/bin/env bash
# Tests kernels for a processor that this machine is not: an emulated Ice Lake, which has AVX-512 with products of integers
# and none of bf16. What holds there holds on the processor; how fast it is, an emulator cannot say.
#
#   tools/emulated_check.sh [LEVEL [FILTER]]       by default avx512vnni and IntegerProductTests: a quarter of an hour
#
# Tests of what traps are left out: they begin other processes, which the system that runs there does not bear.
# Wants `swift build -c release --build-tests` before, and of Debian's packages:
#   bochs bochsbios busybox-static cpio grub-common grub-pc-bin mtools xorriso
# A kernel is downloaded, not installed. Everything is in .build/emulated, output.txt with what the tests print; failures and their
# closing line are printed at the end. Exits with 0 when all pass.
set -euo pipefail
cd "$(dirname "$0")/.."
repository=$PWD folder=$PWD/.build/emulated
level=${1:-avx512vnni} filter=${2:-IntegerProductTests}

# The Debian kernel for virtual machines, once.
get_kernel() {
  [[ ! -e $folder/kernel ]] || return 0
  local package
  package=$(apt-cache depends linux-image-cloud-amd64 | awk '$1 == "Depends:" { print $2 }')
  (cd "$folder" && apt-get download "$package" && dpkg-deb -x "$package"_*.deb unpacked)
  mv "$folder"/unpacked/boot/vmlinuz-* "$folder/kernel"
  rm -r "$folder/unpacked" "$folder/$package"_*.deb
}

# The tests, what they load and their fixtures, as the first and only file system.
make_system() {
  local root=$folder/root tests=.build/release/spolveroPackageTests.xctest library
  rm -rf "$root" && mkdir -p "$root"/{bin,proc,sys,dev,tmp} "$root$repository/Tests"
  cp "$(command -v busybox)" "$root/bin/busybox"
  install -s "$tests" "$root$repository/tests"
  cp -r Tests/Fixtures "$root$repository/Tests"
  ldd "$tests" | grep -oE '/[^ ]+' | while read -r library; do
    mkdir -p "$root$(dirname "$library")" && cp -L "$library" "$root$library"
  done
  cat > "$root/init" << END
#!/bin/busybox sh
/bin/busybox --install -s /bin
mount -t proc proc /proc && mount -t sysfs sys /sys && mount -t tmpfs tmp /tmp
cd $repository
PATH=/bin HOME=/tmp SPOLVERO_LEVEL=$level ./tests --testing-library swift-testing --no-parallel \\
  --filter '$filter' --skip /traps 2>&1
echo "exit code \$?"
sleep 1
poweroff -f
END
  chmod +x "$root/init"
}

# A disc that boots. What is cleared is announced by the emulated processor and wrong there: areas of XSAVE that are
# compact or hold protection keys, INVPCID, and fast copies of strings.
make_disc() {
  local disc=$folder/disc
  mkdir -p "$disc/boot/grub"
  cp "$folder/kernel" "$disc/boot/kernel"
  (cd "$folder/root" && find . | cpio --quiet -o -H newc) | gzip -1 > "$disc/boot/system.gz"
  cat > "$disc/boot/grub/grub.cfg" << END
set timeout=0
menuentry tests {
  linux /boot/kernel console=ttyS0 quiet panic=1 mitigations=off nokaslr lsm=capability clearcpuid=297,298,321,323,515,580
  initrd /boot/system.gz
}
END
  grub-mkrescue -o "$folder/disc.iso" "$disc" 2> /dev/null
}

emulate() {
  cat > "$folder/bochsrc" << END
megs: 2048
cpu: model=corei7_icelake_u, count=1, ips=50000000
romimage: file=/usr/share/bochs/BIOS-bochs-latest
vgaromimage: file=/usr/share/bochs/VGABIOS-lgpl-latest
boot: cdrom
ata0: enabled=1, ioaddr1=0x1f0, ioaddr2=0x3f0, irq=14
ata0-master: type=cdrom, path=$folder/disc.iso, status=inserted
com1: enabled=1, mode=file, dev=$folder/output.txt
display_library: rfb, options="timeout=0"
sound: driver=dummy, waveoutdrv=dummy
log: $folder/bochs.log
panic: action=fatal
error: action=ignore
info: action=ignore
END
  # Debian's Bochs has a debugger, which is told to go on and reads nothing else.
  echo c > "$folder/commands"
  rm -f "$folder/output.txt"
  bochs -q -f "$folder/bochsrc" -rc "$folder/commands" < <(sleep infinity) > "$folder/bochs.out" 2>&1 || true
}

for program in bochs busybox cpio grub-mkrescue mformat xorriso; do
  command -v "$program" > /dev/null || { echo "$program is not there: install the packages that $0 lists" >&2; exit 69; }
done
mkdir -p "$folder"
get_kernel
make_system
make_disc
emulate
tr -d '\r' < "$folder/output.txt" | grep -aE '✘|Test run with|exit code' || true
grep -aq 'exit code 0' "$folder/output.txt"
