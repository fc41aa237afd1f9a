package tranche.sql.wasm;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// One running copy of a [Module]: its memory, its global variables and its registers. For one
/// thread at a time. After a [Trap] it is in no known state and must be dropped.
public final class Instance {
  // Host functions may use a few registers after their arguments.
  private static final int SPARE_REGISTERS = 64;

  final Module module;
  final long[] globals;
  final int[] table;
  final long[] registers;
  byte[] memory;

  private final HostFunction[] hosts;
  private final Limits limits;
  private int depth;
  private long repeatsLeft = Long.MAX_VALUE;

  /// Makes a copy with fresh memory.
  ///
  /// @param imports what the module imports, by name
  /// @throws IllegalArgumentException if an import is missing
  public Instance(Module module, Map<String, HostFunction> imports, Limits limits) {
    this.module = module;
    this.limits = limits;
    this.globals = module.globals.clone();
    this.table = module.table;
    this.registers = new long[limits.registers()];
    this.memory = new byte[limits.startPages() * Limits.PAGE];
    this.hosts = new HostFunction[module.functions.length];
    for (int i = 0; i < hosts.length; i++) {
      String name = module.functions[i].imported;
      if (name != null) {
        hosts[i] = required(imports.get(name), name);
      }
    }
    for (Module.Data piece : module.data) {
      System.arraycopy(module.bytes, piece.start(), memory, piece.address(), piece.length());
    }
  }

  private static HostFunction required(@Nullable HostFunction host, String name) {
    if (host == null) {
      throw new IllegalArgumentException("import " + name + " is missing");
    }
    return host;
  }

  /// Calls an exported function from outside.
  ///
  /// @return its result; 0 if it has none
  /// @throws Trap if it does not return
  public long call(String export, long... arguments) {
    System.arraycopy(arguments, 0, registers, 0, arguments.length);
    depth = 0;
    try {
      callExport(export, 0);
      return registers[0];
    } catch (IndexOutOfBoundsException | ArithmeticException e) {
      throw new Trap(Trap.Cause.FAULT, "the code reached for what does not exist", e);
    } catch (StackOverflowError e) {
      throw new Trap(Trap.Cause.DEPTH, "the thread's stack is used up", e);
    }
  }

  /// Calls an exported function from a host function; its arguments begin at register `window`,
  /// where its result will be.
  public void callExport(String export, int window) {
    call(Objects.requireNonNull(module.exports.get(export), export), window);
  }

  /// Calls an entry of the function table from a host function.
  public void callTable(int index, int window) {
    if (index < 0 || index >= table.length || table[index] < 0) {
      throw Trap.fault("there is no function " + index + " in the table");
    }
    call(table[index], window);
  }

  /// The value of a register.
  public long register(int index) {
    return registers[index];
  }

  /// Sets a register.
  public void register(int index, long value) {
    registers[index] = value;
  }

  /// How deeply calls are nested now, for a host function that catches an exception.
  public int depth() {
    return depth;
  }

  /// Says that calls are nested as at an earlier time: the exception has ended those since.
  public void unwindTo(int earlierDepth) {
    depth = earlierDepth;
  }

  /// Sets how many times loops may go back to their start from now on, all loops together. It
  /// bounds the time that the code can take.
  public void allowRepeats(long most) {
    repeatsLeft = most;
  }

  void countRepeat() {
    if (--repeatsLeft < 0) {
      throw new Trap(Trap.Cause.WORK, "loops went back to their start more often than allowed");
    }
  }

  void call(int index, int window) {
    HostFunction host = hosts[index];
    Function function = module.functions[index];
    if (host != null) {
      long result = host.call(this, window);
      if (function.signature.results() > 0) {
        registers[window] = result;
      }
      return;
    }
    RegisterCode code = function.code(module);
    if (++depth > limits.depth() || window + code.frame + SPARE_REGISTERS > registers.length) {
      throw new Trap(Trap.Cause.DEPTH, "calls are nested more than " + (depth - 1) + " deep");
    }
    Interpreter.run(this, code, window);
    depth--;
  }

  /// The memory's size in bytes.
  public int memorySize() {
    return memory.length;
  }

  /// Makes the memory larger.
  ///
  /// @return whether [Limits] allow it
  public boolean grow(int pages) {
    int most = limits.mostPages() - memory.length / Limits.PAGE;
    if (pages < 0 || pages > most) {
      return false;
    }
    memory = Arrays.copyOf(memory, memory.length + pages * Limits.PAGE);
    return true;
  }

  /// A 32-bit number in the memory.
  public int readInt(int address) {
    return Memory.int32(memory, address);
  }

  /// Copies bytes into the memory, with a zero byte after them.
  public void write(int address, byte[] bytes) {
    System.arraycopy(bytes, 0, memory, address, bytes.length);
    memory[address + bytes.length] = 0;
  }

  /// A copy of the bytes up to the next zero byte.
  public byte[] readToZero(int address) {
    return Arrays.copyOfRange(memory, address, endOfText(address));
  }

  /// The text up to the next zero byte.
  public String readText(int address) {
    return new String(memory, address, endOfText(address) - address, StandardCharsets.UTF_8);
  }

  private int endOfText(int address) {
    int end = address;
    while (memory[end] != 0) {
      end++;
    }
    return end;
  }
}
