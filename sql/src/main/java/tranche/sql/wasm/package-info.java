/// Runs one WebAssembly module inside the JVM, without native code and with nothing but
/// `java.base`.
///
/// [Module] is the code, read once and shared by threads; [Instance] is one running copy with a
/// memory of bounded size, for one thread at a time. Read [Instance] first, then [Interpreter].
///
/// A function is translated to register code when it is first called: every instruction is four
/// numbers, operands are registers of the caller's window, and a callee's window begins where its
/// arguments already are. So a parse pays only for the functions that it uses, and no instruction
/// looks for the end of a block.
///
/// What a module does wrong becomes a [Trap]; the instance is not to be used after one. An address
/// that leaves the memory always traps or wraps to a place inside it: nothing outside is reachable.
///
/// Deliberately not here: validation (only modules whose hash is known are run), 32-bit floating
/// point arithmetic, vectors, threads, several memories or tables, and imports other than
/// functions.
@NullMarked
package tranche.sql.wasm;

import org.jspecify.annotations.NullMarked;
