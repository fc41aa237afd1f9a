package tranche.app.cli;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;

/// Ctrl-C and the signal that asks a process to end, caught so that what runs can come to a good
/// end. Java ends the process otherwise, and lets nobody say more than once.
///
/// The classes for that are not part of the platform's own interface, though every Java has them.
/// They are looked up by name: without them signals do what they always do.
public final class Interrupts implements AutoCloseable {
  private static final List<String> SIGNALS = List.of("INT", "TERM");

  private final List<Runnable> restorers;

  private Interrupts(List<Runnable> restorers) {
    this.restorers = List.copyOf(restorers);
  }

  /// Calls the handler for each signal, in a thread of its own, until this is closed.
  public static Interrupts caught(Runnable handler) {
    return new Interrupts(
        SIGNALS.stream().flatMap(name -> install(name, handler).stream()).toList());
  }

  private static List<Runnable> install(String name, Runnable handler) {
    try {
      Class<?> signalType = Class.forName("sun.misc.Signal");
      Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
      Object signal = signalType.getConstructor(String.class).newInstance(name);
      Object proxy =
          Proxy.newProxyInstance(
              handlerType.getClassLoader(),
              new Class<?>[] {handlerType},
              (self, method, arguments) -> answer(handler, self, method.getName(), arguments));
      var handle = signalType.getMethod("handle", signalType, handlerType);
      Object before = handle.invoke(null, signal, proxy);
      return List.of(() -> invoke(handle, signal, before));
    } catch (ReflectiveOperationException | IllegalArgumentException _) {
      // Another Java, or the signal belongs to somebody else: it keeps its ordinary meaning.
      return List.of();
    }
  }

  private static Object answer(Runnable handler, Object self, String method, Object[] arguments) {
    return switch (method) {
      case "hashCode" -> System.identityHashCode(self);
      case "equals" -> System.identityHashCode(self) == System.identityHashCode(arguments[0]);
      case "toString" -> "interrupts";
      default -> {
        handler.run();
        yield 0;
      }
    };
  }

  private static void invoke(java.lang.reflect.Method handle, Object signal, Object handler) {
    try {
      handle.invoke(null, signal, handler);
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    restorers.forEach(Runnable::run);
  }
}
