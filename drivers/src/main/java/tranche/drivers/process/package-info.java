/// Instances as operating-system processes that outlive the control plane.
///
/// Read [tranche.drivers.process.ProcessPlatform] first. Its memory is a folder per instance; what
/// it says about a process is proven by (pid, start), never by the pid alone.
/// [tranche.drivers.process.DetachedProcess] is the part that any long-running process can use.
///
/// Deliberately not here: which arms shall run (the engine decides), traffic, and the layout of the
/// application's data (`docs/reference/instance.md` describes all that an application is told).
@NullMarked
package tranche.drivers.process;

import org.jspecify.annotations.NullMarked;
