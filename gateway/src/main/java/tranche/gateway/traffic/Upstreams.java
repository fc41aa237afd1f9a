package tranche.gateway.traffic;

import java.util.function.Consumer;
import java.util.function.Supplier;
import tranche.gateway.upstream.Balancer;
import tranche.gateway.upstream.LiveInstance;
import tranche.gateway.upstream.Routing;

/// What forwarding needs to know of the world behind the gateway.
///
/// @param routing the routing in force
/// @param balancer chooses inside an arm
/// @param doubt told of an instance whose connection broke, so that it is checked at once
public record Upstreams(
    Supplier<Routing> routing, Balancer balancer, Consumer<LiveInstance> doubt) {}
