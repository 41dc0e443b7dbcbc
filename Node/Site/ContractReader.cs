using EnergyChain.Contracts;
using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;
using EnergyChain.Node.Execution;

namespace EnergyChain.Node.Site;

/// <summary>Asks views of the chain's contracts on this node's own state after the head. Thread-safe.</summary>
public sealed class ContractReader(IChain chain)
{
    private static readonly Gas ViewGas = new(50_000_000);

    /// <summary>
    /// The answer of a view; throws <see cref="InvalidOperationException"/> where the contract has none.
    /// </summary>
    public T Ask<T>(Address contract, ContractQuery<T> query)
    {
        CallRequest request = new(Address.Zero, contract, UInt256.Zero, query.CallData, ViewGas);
        CallOutcome outcome = chain.Call(request);
        if (!outcome.Succeeded || !query.TryDecode(outcome.Output.Span, out T? answer))
        {
            throw new InvalidOperationException(
                $"The contract at {contract} does not answer: {outcome.Failure}. Is it in the genesis file?");
        }

        return answer!;
    }
}
