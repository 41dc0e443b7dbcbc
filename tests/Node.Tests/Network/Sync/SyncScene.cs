using EnergyChain.Core.Chain;
using EnergyChain.Core.Primitives;
using EnergyChain.Node.Execution;
using EnergyChain.Node.Network;
using EnergyChain.Node.Network.Sync;
using EnergyChain.Node.Tests.Fakes;
using Microsoft.Extensions.Time.Testing;

namespace EnergyChain.Node.Tests.Network.Sync;

/// <summary>A sync driver among scripted peers, under a virtual clock.</summary>
internal sealed class SyncScene : ISyncNetwork
{
    private readonly FakeTimeProvider _time = new();
    private readonly PriorityQueue<Action, (long Due, int Order)> _events = new();
    private readonly Dictionary<PeerId, ScriptedPeer> _peers = [];
    private int _order;
    private int _underWay;

    public SyncScene(FakeChain chain, Action<NetworkOptions>? configure = null)
    {
        Chain = chain;
        Options = new NetworkOptions { SyncRangeBlocks = 8, SyncRequests = 4 };
        configure?.Invoke(Options);
        Driver = new SyncDriver(chain, this, new InlineRangeChecker(), static _ => false, Options, _time);
    }

    public FakeChain Chain { get; }

    public NetworkOptions Options { get; }

    public SyncDriver Driver { get; }

    public List<(PeerId Peer, SyncRequest Request)> Asked { get; } = [];

    public List<(PeerId Peer, SyncFault Fault, BlockVerdict Verdict)> Blamed { get; } = [];

    public List<CommittedBlock> AnnouncedOn { get; } = [];

    public CommitOutcome? FailedWith { get; private set; }

    public int MostUnderWay { get; private set; }

    public TimeSpan Elapsed => _time.GetElapsedTime(0);

    public ScriptedPeer Add(int number, FakeChain chain, PeerScript? script = null, int latencyMs = 10)
    {
        ScriptedPeer peer = new(new PeerId(TestKeys.Of(500 + number).PublicKey), chain, latencyMs, script);
        _peers.Add(peer.Id, peer);
        Driver.PeerHolds(peer.Id, new Height(1), chain.Head.Height);
        return peer;
    }

    public void Remove(ScriptedPeer peer)
    {
        _peers.Remove(peer.Id);
        Driver.PeerGone(peer.Id);
    }

    public void Later(int delayMs, Action act) =>
        _events.Enqueue(act, (_time.GetElapsedTime(0).Ticks + (delayMs * TimeSpan.TicksPerMillisecond), _order++));

    /// <summary>Lets things happen in virtual time until the condition holds; false where it never does.</summary>
    public bool Run(Func<bool> until, int patienceMs = 120_000)
    {
        TimeSpan end = Elapsed + TimeSpan.FromMilliseconds(patienceMs);
        while (true)
        {
            TimeSpan? next = Driver.Pump();
            if (until())
            {
                return true;
            }

            if (_events.TryPeek(out _, out (long Due, int Order) first))
            {
                TimeSpan wait = TimeSpan.FromTicks(Math.Max(0, first.Due - Elapsed.Ticks));
                next = next < wait ? next : wait;
            }

            if (next is not { } step || Elapsed + step > end)
            {
                _time.Advance(end - Elapsed);
                return false;
            }

            _time.Advance(step);
            while (_events.TryPeek(out _, out (long Due, int Order) due) && due.Due <= Elapsed.Ticks)
            {
                _events.Dequeue()();
            }
        }
    }

    public bool RunTo(ulong height, int patienceMs = 120_000) =>
        Run(() => Chain.Head.Height.Value >= height, patienceMs);

    public void Ask(PeerId peer, SyncRequest request)
    {
        Asked.Add((peer, request));
        MostUnderWay = Math.Max(MostUnderWay, ++_underWay);
        if (_peers.TryGetValue(peer, out ScriptedPeer? asked) && asked.Answer(request) is { } answer)
        {
            Later(asked.LatencyMs, () =>
            {
                _underWay--;
                Driver.Replied(peer, request.Id, answer.Blocks);
            });
        }
    }

    public void Blame(PeerId peer, SyncFault fault, Height height, BlockVerdict verdict) =>
        Blamed.Add((peer, fault, verdict));

    public void Advanced(int blocks)
    {
    }

    public void Announce(CommittedBlock block) => AnnouncedOn.Add(block);

    public void Progress(bool isBehind, Height head, Height target, int peers)
    {
    }

    public void Failed(Height height, CommitOutcome outcome) => FailedWith = outcome;
}
