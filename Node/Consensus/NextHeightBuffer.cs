using EnergyChain.Core;
using EnergyChain.Node.Network;

namespace EnergyChain.Node.Consensus;

/// <summary>
/// Messages for the height after the current one, unverified, until it starts. Bounded for each peer by what an
/// honest one can send of two rounds, and in peers; beyond that they are dropped and sent again later.
/// </summary>
internal sealed class NextHeightBuffer
{
    private const int MaxProposals = 2;
    private const int MaxVotes = 4 * Limits.MaxCouncilMembers;

    /// <summary>Messages of one peer that are kept.</summary>
    public const int MaxOfPeer = MaxProposals + MaxVotes;

    private readonly Dictionary<PeerId, int> _proposals = [];
    private readonly Dictionary<PeerId, int> _votes = [];
    private readonly List<(PeerId From, ConsensusMessage Message)> _messages = [];

    public int Count => _messages.Count;

    public bool TryAdd(PeerId from, ConsensusMessage message)
    {
        bool isProposal = message is ConsensusMessage.OfProposal;
        Dictionary<PeerId, int> counts = isProposal ? _proposals : _votes;
        int count = counts.GetValueOrDefault(from);
        if (count >= (isProposal ? MaxProposals : MaxVotes) || counts.Count > Limits.MaxCouncilMembers)
        {
            return false;
        }

        counts[from] = count + 1;
        _messages.Add((from, message));
        return true;
    }

    /// <summary>Everything in order of arrival; the buffer is empty afterwards.</summary>
    public IReadOnlyList<(PeerId From, ConsensusMessage Message)> Drain()
    {
        (PeerId From, ConsensusMessage Message)[] messages = [.. _messages];
        _messages.Clear();
        _proposals.Clear();
        _votes.Clear();
        return messages;
    }
}
