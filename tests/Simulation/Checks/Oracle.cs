using EnergyChain.Consensus.Safety;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Codec;
using EnergyChain.Core.Primitives;
using EnergyChain.Node.Consensus;
using EnergyChain.Node.Execution;
using EnergyChain.Simulation.Nodes;

namespace EnergyChain.Simulation.Checks;

/// <summary>
/// Sees everything and knows what must hold: checks each commit, each restart and each message of an honest node
/// against all others.
/// </summary>
internal sealed class Oracle(World world)
{
    private readonly Dictionary<Height, DecidedBlock> _decided = [];

    /// <summary>What honest keys were seen under, whichever of its processes sent it.</summary>
    private readonly SignedSteps[] _said =
        [.. Enumerable.Range(0, world.PhysicalNodes).Select(static _ => new SignedSteps())];

    /// <summary>The highest height that an honest node has.</summary>
    public Height Highest { get; private set; }

    /// <summary>The highest round that decided.</summary>
    public Round HighestRound { get; private set; }

    /// <summary>The longest from a header's time to its commit on an honest node, in true time.</summary>
    public double SlowestFinalityMs { get; private set; }

    public DecidedBlock? At(Height height) => _decided.GetValueOrDefault(height);

    /// <summary>Milliseconds between the headers of two heights, by height.</summary>
    public IReadOnlyList<ulong> Intervals(ulong from) =>
    [
        .. _decided.Keys.Where(height => height.Value > from && _decided.ContainsKey(height.Previous)).Order()
            .Select(height => _decided[height].Time.UnixMs - _decided[height.Previous].Time.UnixMs),
    ];

    public void OnCommitted(SimNode node, CommittedBlock committed, ChainHead head)
    {
        Block block = committed.Block;
        world.Trace.Committed(node, block.Height, block.Hash, head.StateRoot);
        node.HighestHead = block.Height > node.HighestHead ? block.Height : node.HighestHead;
        if (!node.IsHonest)
        {
            return;
        }

        if (!_decided.TryGetValue(block.Height, out DecidedBlock? known))
        {
            known = new DecidedBlock(
                block.Hash, head.StateRoot, head.ReceiptsRoot, block.Header.Time, committed.Certificate.Round);
            _decided.Add(block.Height, known);
            Highest = block.Height > Highest ? block.Height : Highest;
            HighestRound = known.Round > HighestRound ? known.Round : HighestRound;
            world.Clients.OnFinal(block);
            SupplyCheck.Run(world, node, head);
        }

        SlowestFinalityMs = Math.Max(
            SlowestFinalityMs, SimGenesis.TimeMs + world.Timeline.NowMs - known.Time.UnixMs);
        Compare(node, known, head);
        if (known.Certificates.Add(committed.Certificate.Hash)
            && (committed.Certificate.BlockHash != block.Hash
                || committed.Certificate.Height != block.Height
                || !committed.Certificate.Verify(world.Genesis.ChainId, world.Genesis.Council)))
        {
            world.Fail(
                ViolationKind.Certificate,
                $"node {node.Index} committed {block.Height} {block.Hash} with a certificate that does not hold: "
                + $"{committed.Certificate.Signers.Count} signers");
        }

        BoundsCheck.Run(world, node);
    }

    /// <summary>A process has opened its files and not yet said anything.</summary>
    public void OnStarted(SimNode node)
    {
        if (!node.IsHonest)
        {
            return;
        }

        // Its last process may have died after it stored a block and before it told anybody.
        Chain chain = node.Process!.Chain;
        if (chain.TryGetBlock(chain.Head.Height, out CommittedBlock? last))
        {
            OnCommitted(node, last, chain.Head);
        }

        CheckJournal(node);
    }

    /// <summary>An honest node is about to send a message.</summary>
    public void OnSaid(SimNode node, ConsensusMessage message)
    {
        if (!node.IsHonest)
        {
            return;
        }

        switch (message)
        {
            case ConsensusMessage.OfVote { Value: var vote } when vote.Validator == node.Member:
                CheckSaid(
                    node, new JournalRecord.OwnVote(vote), vote.Height, node.Signed.Holds(
                        SignedSteps.StepOf(vote), vote.BlockHash, null));
                break;
            case ConsensusMessage.OfProposal { Value: var proposal }
                when proposal.SignatureHolds(node.Key.PublicKey):
                CheckSaid(
                    node, new JournalRecord.OwnProposal(proposal), proposal.Height, node.Signed.Holds(
                        SignedSteps.StepOf(proposal), proposal.BlockHash, proposal.ValidRound));
                break;
            default:
                break;
        }
    }

    private void Compare(SimNode node, DecidedBlock known, ChainHead head)
    {
        if (known.Block != head.Hash)
        {
            world.Fail(
                ViolationKind.Agreement,
                $"node {node.Index} has {head.Hash} at {head.Height}, where {known.Block} was decided");
        }
        else if (known.StateRoot != head.StateRoot || known.ReceiptsRoot != head.ReceiptsRoot)
        {
            world.Fail(
                ViolationKind.StateRoot,
                $"node {node.Index} has state {head.StateRoot} after {head.Height}, others {known.StateRoot}");
        }
    }

    private void CheckSaid(SimNode node, JournalRecord record, Height height, bool isDurable)
    {
        if (node.IsDamaged)
        {
            return;
        }

        if (!_said[node.Index].Add(record))
        {
            world.Fail(
                ViolationKind.SignedTwice,
                $"node {node.Index} signed two messages for {SignedSteps.Of(record)!.Value.Step}");
        }

        // A precommit of the last height is said from memory when the journal may have let go of it.
        if (!isDurable && height > node.Process!.Chain.Head.Height)
        {
            world.Fail(
                ViolationKind.JournalOrder,
                $"node {node.Index} said {SignedSteps.Of(record)!.Value.Step} before it was durable");
        }
    }

    private void CheckJournal(SimNode node)
    {
        if (world.Options.ForgetsVotes || node.IsDamaged)
        {
            return;
        }

        SignedSteps found = new();
        foreach (byte[] bytes in node.Process!.Journal.ReadAll())
        {
            if (Bcs.TryDecode(bytes, out JournalRecord? record, out _))
            {
                found.Add(record);
            }
        }

        // Below the highest head that it ever had the journal may have let go of them.
        HashSet<SignedStep> kept = [.. found.Above(node.HighestHead)];
        foreach (SignedStep step in node.Signed.Above(node.HighestHead)
            .Where(step => !kept.Contains(step)))
        {
            world.Fail(ViolationKind.Durability, $"node {node.Index} restarts without its {step}");
        }
    }
}
