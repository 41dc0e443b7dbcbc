using EnergyChain.Client.Model;
using EnergyChain.Contracts;
using EnergyChain.Contracts.Views;
using EnergyChain.Core.Crypto;
using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Client;

/// <summary>Asks the Council contract through a node: members, proposals, parameters.</summary>
public sealed class CouncilReader(INodeClient node)
{
    /// <summary>All members in council order, the suspended ones in their places.</summary>
    public Task<IReadOnlyList<CouncilSeat>> GetMembersAsync(CancellationToken cancellationToken) =>
        AskAsync(CouncilContract.Members(), cancellationToken);

    /// <summary>Every open proposal by ascending id.</summary>
    public async Task<IReadOnlyList<CouncilProposal>> GetProposalsAsync(CancellationToken cancellationToken)
    {
        List<CouncilProposal> proposals = [];
        while (proposals.Count < CouncilLimits.MaxOpenProposals)
        {
            IReadOnlyList<CouncilProposal> page = await AskAsync(
                CouncilContract.OpenProposals((ulong)proposals.Count, CouncilLimits.MaxPage), cancellationToken);
            proposals.AddRange(page);
            if (page.Count < (int)CouncilLimits.MaxPage)
            {
                break;
            }
        }

        // A proposal that is closed between two pages moves the others up: each id counts once.
        return [.. proposals.DistinctBy(proposal => proposal.Id)];
    }

    /// <summary>A proposal, open or closed; null where the id was never given.</summary>
    public async Task<CouncilProposal?> FindProposalAsync(ulong id, CancellationToken cancellationToken)
    {
        try
        {
            return await AskAsync(CouncilContract.ProposalOf(id), cancellationToken);
        }
        catch (CallRevertedException refusal)
            when (ContractErrors.TryName(refusal.Output.Span, out string name) && name == "UnknownProposal")
        {
            return null;
        }
    }

    /// <summary>Members that approve an open proposal, in council order.</summary>
    public Task<IReadOnlyList<PublicKey>> GetApproversAsync(ulong id, CancellationToken cancellationToken) =>
        AskAsync(CouncilContract.ApproversOf(id), cancellationToken);

    /// <summary>The chain parameters that the council votes on, by <see cref="CouncilParameter"/>.</summary>
    public Task<IReadOnlyList<UInt256>> GetParametersAsync(CancellationToken cancellationToken) =>
        AskAsync(CouncilContract.Parameters(), cancellationToken);

    /// <summary>What a vote may set a parameter to.</summary>
    public Task<(UInt256 Least, UInt256 Most)> GetRangeAsync(
        CouncilParameter parameter, CancellationToken cancellationToken) =>
        AskAsync(CouncilContract.ParameterRange(parameter), cancellationToken);

    /// <summary>Every decision to erase a record, in their order.</summary>
    public async Task<IReadOnlyList<RecordErasure>> GetErasuresAsync(CancellationToken cancellationToken)
    {
        List<RecordErasure> erasures = [];
        while (true)
        {
            IReadOnlyList<RecordErasure> page = await AskAsync(
                CouncilContract.Erasures((ulong)erasures.Count, CouncilLimits.MaxErasurePage), cancellationToken);
            erasures.AddRange(page);
            if (page.Count < (int)CouncilLimits.MaxErasurePage)
            {
                return erasures;
            }
        }
    }

    /// <summary>
    /// The decision about a transaction; null where there is none, nor a contract that would know of one.
    /// </summary>
    public async Task<RecordErasure?> FindErasureAsync(Hash32 transactionId, CancellationToken cancellationToken)
    {
        ContractQuery<RecordErasure?> query = CouncilContract.ErasureOf(transactionId);
        CallMessage message = new(Address.Zero, CouncilContract.Address, UInt256.Zero, query.CallData);
        CallResult result = await node.CallAsync(message, cancellationToken);
        return result.Succeeded && query.TryDecode(result.Output.Span, out RecordErasure? found) ? found : null;
    }

    private Task<T> AskAsync<T>(ContractQuery<T> query, CancellationToken cancellationToken) =>
        node.QueryAsync(CouncilContract.Address, query, cancellationToken);
}
