using EnergyChain.Core;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Crypto;
using EnergyChain.Node.Consensus;
using EnergyChain.Node.Network;
using EnergyChain.Node.Storage;
using EnergyChain.Simulation.Checks;
using EnergyChain.Simulation.Disk;
using EnergyChain.Simulation.Faults;
using EnergyChain.Simulation.Network;
using EnergyChain.Simulation.Time;

namespace EnergyChain.Simulation.Nodes;

/// <summary>
/// One machine: a disk and clocks that outlive the process, and the process while it runs. Everything that happens to
/// the process goes through <see cref="Do"/>, which is where it may die.
/// </summary>
internal sealed class SimNode
{
    private readonly World _world;
    private readonly SeededRandom _random;
    private readonly Queue<Action> _waiting = new();
    private bool _areFromPeer;
    private long _room = long.MaxValue;
    private long _wakeAt = long.MaxValue;

    public SimNode(World world, int index, int member, SeededRandom random)
    {
        _world = world;
        _random = random;
        Index = index;
        Member = member;
        Key = SimKeys.Member(member);
        Peer = new PeerId(Key.PublicKey);
        Byzantine = world.Plan.Byzantine.TryGetValue(member, out ByzantineKind kind) ? kind : null;
        Clock = new NodeClock(world.Timeline, DateTimeOffset.FromUnixTimeMilliseconds((long)SimGenesis.TimeMs));
        Log = new TraceLogger(world, this);
        NodePort port = new(world, this);
        Port = Byzantine is { } what and not ByzantineKind.Twins
            ? new ByzantinePort(world, this, port, what, random.Fork())
            : port;
        Wire(Disk);
    }

    public int Index { get; }

    /// <summary>Its index in the council; a twin has another's.</summary>
    public int Member { get; }

    public SigningKey Key { get; }

    public PeerId Peer { get; }

    public ByzantineKind? Byzantine { get; }

    public bool IsHonest => Byzantine is null;

    public NodeClock Clock { get; }

    public TraceLogger Log { get; }

    public IConsensusNetwork Port { get; }

    public VirtualDisk Disk { get; private set; } = new();

    /// <summary>What its key signed, as far as its journal has it.</summary>
    public SignedSteps Signed { get; } = new();

    /// <summary>Null while it is down.</summary>
    public NodeProcess? Process { get; private set; }

    public bool IsUp => Process is not null;

    /// <summary>Whether it is down for good.</summary>
    public bool IsGone { get; set; }

    /// <summary>Whether a fault of its disk may be why it stops.</summary>
    public bool HasBadDisk { get; set; }

    /// <summary>
    /// Whether bits of its files turned over: what is damaged at the end of its journal looks like a torn tail, so such
    /// a member counts among the f that may do anything.
    /// </summary>
    public bool IsDamaged { get; set; }

    /// <summary>Bytes that its disk still takes.</summary>
    public long Room
    {
        set
        {
            _room = value;
            Disk.Room = value;
        }
    }

    /// <summary>Syncs from now on that fail.</summary>
    public int SyncsToFail { get; set; }

    /// <summary>Of a thousand reads so many come back with a bit turned over.</summary>
    public int FlippedReadsPerMille { get; set; }

    /// <summary>Starts that its files have kept from succeeding, one after the other.</summary>
    public int Refusals { get; set; }

    /// <summary>The highest head that it ever had.</summary>
    public Core.Primitives.Height HighestHead { get; set; }

    /// <summary>Counts its processes.</summary>
    public int Life { get; private set; }

    /// <summary>Effects until the process dies; null for never.</summary>
    public int? DiesAfterEffects { get; set; }

    public long PausedUntil { get; private set; }

    public void Start()
    {
        Life++;
        Guarded(() =>
        {
            Process = NodeProcess.Open(this, _world);
            Process.Chain.Observe(new CommitWatch(_world, this));
            Process.Pool.Admitted += OnAdmitted;
            _world.Oracle.OnStarted(this);
            Process.Driver.Start();
            Process.RunDue();
        });
        if (Process is not null)
        {
            Refusals = 0;
            _world.Trace.Note(this, $"started at {Process.Chain.Head.Height}");
            Connect();
        }
    }

    /// <summary>Runs something in the process; where it is paused, when it goes on.</summary>
    public void Do(Action action)
    {
        if (Process is null)
        {
            return;
        }

        if (PausedUntil > _world.Timeline.Now)
        {
            if (_waiting.Count < SimulationBounds.MessagesWaiting)
            {
                _waiting.Enqueue(action);
            }

            return;
        }

        Guarded(() =>
        {
            action();
            Process.RunDue();
        });
        Arm();
    }

    /// <summary>As SIGSTOP and, after so long, SIGCONT.</summary>
    public void Pause(double milliseconds)
    {
        PausedUntil = _world.Timeline.Now + Timeline.TicksOf(milliseconds);
        _world.Timeline.At(PausedUntil, Resume);
    }

    public void Resume()
    {
        PausedUntil = 0;
        for (int count = _waiting.Count; count > 0 && Process is not null; count--)
        {
            Do(_waiting.Dequeue());
        }

        Do(static () => { });
    }

    /// <summary>The process is gone and with it all that it had in memory.</summary>
    /// <param name="disk">What the next one finds.</param>
    public void Die(VirtualDisk disk)
    {
        Process = null;
        Life++;
        foreach (SimNode peer in _world.Nodes.Where(peer => peer != this))
        {
            peer.Do(() => peer.Process!.Sync.OnGone(this));
        }

        DiesAfterEffects = null;
        PausedUntil = 0;
        _waiting.Clear();
        _wakeAt = long.MaxValue;
        Disk.BeforeOperation = static _ => throw new CrashException();
        Disk = disk;
        Wire(disk);
    }

    /// <summary>Something that others can see is about to happen: the moment at which a process may die.</summary>
    public void Effect()
    {
        if (DiesAfterEffects is { } left)
        {
            DiesAfterEffects = left - 1;
            if (left <= 0)
            {
                throw new CrashException();
            }
        }
    }

    public void Receive(SimNode from, SimMessage message) => MessageIntake.Take(_world, this, from, message);

    public void Send(SimNode to, SimMessage message) => _world.Network.Send(this, to, message);

    public void SendAll(SimMessage message)
    {
        foreach (SimNode peer in _world.Nodes.Where(peer => peer != this))
        {
            Send(peer, message);
        }
    }

    /// <summary>Runs something a little later in this same process, as a thread of its own would.</summary>
    public Task Later(Action action)
    {
        TaskCompletionSource done = new();
        int life = Life;
        _world.Timeline.After(_random.Between(1, 3_000), () =>
        {
            if (Life == life)
            {
                Do(() =>
                {
                    action();
                    done.SetResult();
                });
            }
        });
        return done.Task;
    }

    /// <summary>
    /// Links to every peer that is up and hears us come up: both sides tell each other what they have.
    /// </summary>
    public void Connect()
    {
        foreach (SimNode peer in _world.Nodes.Where(peer => peer != this && peer.IsUp))
        {
            if (!_world.Network.IsCut(this, peer) && !_world.Network.IsCut(peer, this))
            {
                Linked(this, peer);
                Linked(peer, this);
            }
        }

        Arm();
    }

    private static void Linked(SimNode node, SimNode peer) => node.Do(() =>
    {
        node.Send(peer, SimMessage.OfNumbers(MessageKind.Status, node.Process!.Chain.Head.Height.Value));
        node.OfferPool(peer);
        node.Process.Driver.Handle(new HostItem.Connected(peer.Peer));
    });

    /// <summary>Sends what waits in the pool.</summary>
    public void OfferPool(SimNode peer)
    {
        IReadOnlyList<Transaction> waiting = Process!.Pool.Collect(
            new Core.Primitives.Gas(ulong.MaxValue), Limits.MaxBatchTransactions * 1_024, Limits.MaxBatchTransactions);
        if (waiting.Count > 0)
        {
            Send(peer, SimMessage.OfList(MessageKind.Transactions, waiting));
        }
    }

    /// <summary>Transactions of a peer, which sends them to all that it is linked to: they are not passed on.</summary>
    public void TakeTransactions(IReadOnlyList<Transaction> transactions)
    {
        _areFromPeer = true;
        try
        {
            foreach (Transaction transaction in transactions)
            {
                Process!.Pool.Add(transaction);
            }
        }
        finally
        {
            _areFromPeer = false;
        }
    }

    private void OnAdmitted(Transaction transaction)
    {
        Process!.Admitted.Add(transaction.Id);
        if (!_areFromPeer)
        {
            SendAll(SimMessage.OfList(MessageKind.Transactions, [transaction]));
        }
    }

    private void Guarded(Action action)
    {
        try
        {
            action();
        }
        catch (CrashException)
        {
            _world.Injector.OnDied(this);
        }
        catch (Exception failure) when (failure is IOException or StorageException)
        {
            _world.Injector.OnDiskRefused(this, failure);
        }
        catch (Exception failure)
        {
            _world.Trace.Note(this, failure.ToString());
            _world.Fail(ViolationKind.Stopped, $"node {Index} threw {failure.GetType().Name}: {failure.Message}");
            Die(Disk.Kill());
        }
    }

    private void Arm()
    {
        if (Process is null)
        {
            return;
        }

        long due = _world.Timeline.Now + Process.UntilNext.Ticks;
        if (due < _wakeAt)
        {
            _wakeAt = due;
            _world.Timeline.At(due, () => Wake(due));
        }
    }

    private void Wake(long due)
    {
        if (_wakeAt == due)
        {
            _wakeAt = long.MaxValue;
            if (PausedUntil <= _world.Timeline.Now)
            {
                Do(static () => { });
            }
        }
    }

    private void Wire(VirtualDisk disk)
    {
        disk.BeforeOperation = _ => Effect();
        disk.Room = _room;
        disk.FailsSync = () => SyncsToFail > 0 && SyncsToFail-- > 0;
        disk.OnRead = bytes =>
        {
            if (FlippedReadsPerMille > 0 && bytes.Length > 0 && _random.Below(1_000) < FlippedReadsPerMille)
            {
                bytes[_random.Below(bytes.Length)] ^= (byte)(1 << _random.Below(8));
            }
        };
    }
}
