using EnergyChain.Simulation.Disk;
using EnergyChain.Simulation.Time;

namespace EnergyChain.CrashTests.PowerCuts;

/// <summary>When and how one life ends, drawn from a seed.</summary>
internal sealed class Death
{
    private const int StartOperations = 40;
    private const int LifeOperations = 500;

    private readonly SeededRandom _random;
    private readonly bool _isAfter;
    private int _operationsLeft;
    private int _syncsLeft;

    private Death(SeededRandom random)
    {
        _random = random;
        Kind = random.Pick([
            DeathKind.PowerCut, DeathKind.PowerCut, DeathKind.PowerCut, DeathKind.Kill, DeathKind.SyncFails,
            DeathKind.DiskFull]);

        // Every third one while it starts, which is when it mends what the one before left.
        _operationsLeft = random.Below(random.Chance(33) ? StartOperations : LifeOperations);
        _syncsLeft = random.Below(random.Chance(33) ? StartOperations / 4 : LifeOperations / 4);
        _isAfter = random.Chance(50);
    }

    public DeathKind Kind { get; }

    /// <summary>Whether the disk has refused something, so that the node may stop by itself.</summary>
    public bool HasRefused { get; private set; }

    /// <summary>The operation at which it came; null before.</summary>
    public DiskOperation? Last { get; private set; }

    /// <summary>Arms a disk with what is drawn.</summary>
    public static Death Draw(SeededRandom random, VirtualDisk disk)
    {
        Death death = new(random);
        disk.BeforeOperation = operation => death.Count(operation, isAfter: false);
        disk.AfterOperation = operation => death.Count(operation, isAfter: true);
        if (death.Kind == DeathKind.SyncFails)
        {
            disk.FailsSync = death.FailsSync;
        }
        else if (death.Kind == DeathKind.DiskFull)
        {
            disk.Room = random.Below(60_000);
            death.HasRefused = true;
        }

        return death;
    }

    /// <summary>What the next life finds.</summary>
    public VirtualDisk Leave(VirtualDisk disk) =>
        Kind == DeathKind.PowerCut || _random.Chance(25) ? disk.PowerCut(_random) : disk.Kill(_random);

    public override string ToString() => $"{Kind} at {Last?.Name(Machine.LoneNode.Root) ?? "no operation"}";

    private void Count(DiskOperation operation, bool isAfter)
    {
        if (isAfter == _isAfter && _operationsLeft-- <= 0)
        {
            Last = operation;
            throw new CrashException();
        }
    }

    private bool FailsSync()
    {
        bool fails = _syncsLeft-- == 0;
        HasRefused |= fails;
        return fails;
    }
}
