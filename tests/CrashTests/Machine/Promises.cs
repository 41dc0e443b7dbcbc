using EnergyChain.Consensus.Safety;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Primitives;
using EnergyChain.Node.Execution;
using EnergyChain.Simulation.Checks;

namespace EnergyChain.CrashTests.Machine;

/// <summary>
/// What others know of a machine and what therefore has to hold after every crash: blocks that it said are final, and
/// messages that it signed and sent.
/// </summary>
internal sealed class Promises
{
    private readonly Dictionary<ulong, ToldBlock> _blocks;
    private readonly Dictionary<SignedStep, (Hash32? Block, Round? ValidRound)> _said;

    private readonly HashSet<ulong> _erased;

    public Promises()
        : this([], [], [])
    {
    }

    private Promises(
        Dictionary<ulong, ToldBlock> blocks,
        Dictionary<SignedStep, (Hash32? Block, Round? ValidRound)> said,
        HashSet<ulong> erased)
    {
        _erased = erased;
        _blocks = blocks;
        _said = said;
    }

    /// <summary>The highest block that others were told of.</summary>
    public ulong Highest { get; private set; }

    /// <summary>Counts what was promised, so that two moments with the same promises can be told.</summary>
    public int Count { get; private set; }

    public Promises Copy() => new(new(_blocks), new(_said), [.. _erased]) { Highest = Highest, Count = Count };

    /// <summary>The block that was told at a height; null for none.</summary>
    public ToldBlock? At(ulong height) => _blocks.GetValueOrDefault(height);

    /// <summary>The steps above a height for which a message went out.</summary>
    public IEnumerable<SignedStep> SaidAbove(Height height) => _said.Keys.Where(step => step.Height > height);

    /// <summary>Whether the memos of a block were destroyed.</summary>
    public bool IsErased(Height height) => _erased.Contains(height.Value);

    /// <summary>The memos of some blocks are said to be destroyed.</summary>
    public void OnErased(IEnumerable<ulong> heights)
    {
        _erased.UnionWith(heights);
        Count++;
    }

    /// <summary>Others can see a block, and where they know it, the state after it.</summary>
    public void OnFinal(Block block, ChainHead? head)
    {
        ulong height = block.Height.Value;
        ToldBlock told = new(block.Hash, head?.StateRoot);
        ToldBlock? known = At(height);
        if (known is not null && known.Hash != told.Hash)
        {
            throw new BrokenPromiseException(
                $"block {height} is {told.Hash}, and {known.Hash} was told to be final before");
        }

        if (known?.StateRoot is { } root && told.StateRoot is { } other && root != other)
        {
            throw new BrokenPromiseException($"the state after block {height} is {other}, and was {root} before");
        }

        _blocks[height] = told with { StateRoot = told.StateRoot ?? known?.StateRoot };
        Highest = Math.Max(Highest, height);
        Count++;
    }

    /// <summary>A signed message leaves.</summary>
    public void OnSaid(JournalRecord record)
    {
        if (SignedSteps.Of(record) is not { } signed)
        {
            return;
        }

        if (_said.TryGetValue(signed.Step, out (Hash32? Block, Round? ValidRound) before) && before != signed.What)
        {
            throw new BrokenPromiseException($"signed twice for {signed.Step}: {before.Block} and {signed.What.Block}");
        }

        _said[signed.Step] = signed.What;
        Count++;
    }
}
