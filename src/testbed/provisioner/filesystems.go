package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// fileSystems are XFS file systems, each in a sparse file NAME.xfs of the folder and mounted at NAME beside it.
type fileSystems struct {
	folder string
}

var errBusy = errors.New("the file system is still in use")

func (f fileSystems) mountPoint(name string) string {
	return filepath.Join(f.folder, name)
}

func (f fileSystems) file(name string) string {
	return f.mountPoint(name) + ".xfs"
}

// make makes and mounts the file system, as far as that is not done already.
func (f fileSystems) make(name string, size int64) error {
	if _, err := os.Stat(f.file(name)); errors.Is(err, os.ErrNotExist) {
		if err := f.format(name, size); err != nil {
			return err
		}
	} else if err != nil {
		return err
	}
	return f.mount(name)
}

func (f fileSystems) format(name string, size int64) error {
	unfinished := f.file(name) + ".new"
	if err := os.WriteFile(unfinished, nil, 0o600); err != nil {
		return err
	}
	if err := os.Truncate(unfinished, size); err != nil {
		return err
	}
	if err := run("mkfs.xfs", "-q", "-f", unfinished); err != nil {
		return err
	}
	return os.Rename(unfinished, f.file(name))
}

func (f fileSystems) mount(name string) error {
	mounted, err := f.mounted(name)
	if err != nil || mounted {
		return err
	}
	if err := os.MkdirAll(f.mountPoint(name), 0o755); err != nil {
		return err
	}
	return run("mount", "-t", "xfs", "-o", "loop", f.file(name), f.mountPoint(name))
}

// grow gives the mounted file system at least the size, while it is in use.
func (f fileSystems) grow(name string, size int64) error {
	info, err := os.Stat(f.file(name))
	if err != nil {
		return err
	}
	if info.Size() < size {
		if err := os.Truncate(f.file(name), size); err != nil {
			return err
		}
	}
	device, err := f.device(name)
	if err != nil {
		return err
	}
	if err := run("losetup", "--set-capacity", device); err != nil {
		return err
	}
	return run("xfs_growfs", "-d", f.mountPoint(name))
}

// remove frees everything the file system holds, or returns errBusy.
func (f fileSystems) remove(name string) error {
	mounted, err := f.mounted(name)
	if err != nil {
		return err
	}
	if mounted {
		if err := run("umount", f.mountPoint(name)); err != nil {
			return fmt.Errorf("%w: %w", errBusy, err)
		}
	}
	if device, err := f.device(name); err != nil {
		return err
	} else if device != "" {
		return errBusy
	}
	if err := os.RemoveAll(f.file(name)); err != nil {
		return err
	}
	// Remove and not RemoveAll: never the contents of something mounted.
	if err := os.Remove(f.mountPoint(name)); err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	return nil
}

// device returns the loop device that holds the file, or "".
func (f fileSystems) device(name string) (string, error) {
	output, err := exec.Command("losetup", "--noheadings", "--output", "NAME", "--associated", f.file(name)).Output()
	return strings.TrimSpace(string(output)), err
}

func (f fileSystems) mounted(name string) (bool, error) {
	mounts, err := os.ReadFile("/proc/self/mounts")
	return strings.Contains(string(mounts), " "+f.mountPoint(name)+" "), err
}

func run(command string, arguments ...string) error {
	if output, err := exec.Command(command, arguments...).CombinedOutput(); err != nil {
		return fmt.Errorf("%s %s: %w: %s", command, strings.Join(arguments, " "), err, output)
	}
	return nil
}
