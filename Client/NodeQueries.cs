using EnergyChain.Client.Model;
using EnergyChain.Contracts;
using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Client;

/// <summary>View calls of the chain's own contracts.</summary>
public static class NodeQueries
{
    /// <summary>Runs a view call; throws <see cref="CallRevertedException"/> where the contract refuses.</summary>
    public static async Task<T> QueryAsync<T>(
        this INodeClient node, Address contract, ContractQuery<T> query, CancellationToken cancellationToken)
    {
        CallMessage message = new(Address.Zero, contract, UInt256.Zero, query.CallData);
        CallResult result = await node.CallAsync(message, cancellationToken);
        if (!result.Succeeded)
        {
            throw new CallRevertedException(result.Failure, result.Output);
        }

        return query.TryDecode(result.Output.Span, out T? answer) && answer is not null
            ? answer
            : throw new NodeClientException(
                NodeClientError.BadAnswer,
                $"The contract at {contract} is not there or not the one this program knows.");
    }
}
