using EnergyChain.Core.Numerics;
using EnergyChain.Vm.State;
using EnergyChain.Vm.Tracing;

namespace EnergyChain.Vm;

/// <summary>
/// A message that somebody asks about and nobody pays for (an eth_call): it runs as a transaction's would, and what it
/// changes is thrown away. A node and a wallet that does not believe the node run it by this one rule.
/// </summary>
public static class ReadOnlyCall
{
    /// <summary>Null where the gas limit does not pay for the transaction itself.</summary>
    /// <param name="machine">For one thread at a time.</param>
    /// <param name="block">The block that it takes itself to be in.</param>
    /// <param name="gasPrice">Base units per gas, for GASPRICE alone.</param>
    /// <param name="message">The message; its gas limit counts the intrinsic gas too.</param>
    /// <param name="state">The state that it runs on.</param>
    /// <param name="hashSeed">See <see cref="StateOverlay"/>.</param>
    /// <param name="tracer">Watches; null for nobody.</param>
    public static ExecutionResult? Run(
        EvmMachine machine,
        in BlockEnvironment block,
        UInt256 gasPrice,
        in CallMessage message,
        IStateReader state,
        ulong hashSeed,
        ITracer? tracer = null)
    {
        ulong intrinsic = IntrinsicGas.Of(message.Data.Span, message.To is null);
        if (message.GasLimit < intrinsic)
        {
            return null;
        }

        StateOverlay overlay = new(state, hashSeed);
        overlay.BeginTransaction();
        overlay.IncrementNonce(message.Caller);
        TransactionEnvironment transaction = new(message.Caller, gasPrice);
        return machine.Execute(
            block, transaction, message with { GasLimit = message.GasLimit - intrinsic }, overlay, tracer);
    }
}
