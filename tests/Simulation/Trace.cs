using System.Globalization;
using EnergyChain.Core.Primitives;
using EnergyChain.Node.Storage;
using EnergyChain.Simulation.Network;
using EnergyChain.Simulation.Nodes;
using EnergyChain.Simulation.Time;

namespace EnergyChain.Simulation;

/// <summary>
/// A hash over everything that happened, so that two runs can be seen to be equal, and the last events in words.
/// </summary>
internal sealed class Trace(Timeline timeline)
{
    /// <summary>Events that are kept for a failure's report.</summary>
    public const int Kept = 60;

    private const ulong Offset = 0xCBF2_9CE4_8422_2325;
    private const ulong Prime = 0x0000_0100_0000_01B3;

    private readonly Queue<(long Time, int Node, object What)> _last = new();

    public ulong Hash { get; private set; } = Offset;

    public void Delivered(SimNode from, SimNode to, SimMessage message)
    {
        Mix((ulong)timeline.Now);
        Mix(((ulong)from.Index << 32) | ((ulong)to.Index << 8) | (ulong)message.Kind);
        Mix(Crc32C.Of(message.Bytes));
        Keep(to.Index, (from.Index, message));
    }

    public void Committed(SimNode node, Height height, Hash32 block, Hash32 stateRoot)
    {
        Mix(height.Value);
        Mix(Crc32C.Of(block.ToArray()));
        Mix(Crc32C.Of(stateRoot.ToArray()));
        Note(node, $"committed {height} {block.ToString()[..10]}");
    }

    public void Note(SimNode? node, string what)
    {
        Mix((ulong)timeline.Now);
        Mix((ulong)(node?.Index + 1 ?? 0));
        foreach (char letter in what)
        {
            Mix(letter);
        }

        Keep(node?.Index ?? -1, what);
    }

    /// <summary>The last events, oldest first.</summary>
    public IReadOnlyList<string> Last() => [.. _last.Select(Describe)];

    private static string Describe((long Time, int Node, object What) happened)
    {
        string what = happened.What is (int from, SimMessage message)
            ? string.Create(CultureInfo.InvariantCulture, $"from {from}: {message}")
            : happened.What.ToString()!;
        string node = happened.Node < 0 ? "-" : happened.Node.ToString(CultureInfo.InvariantCulture);
        double timeMs = happened.Time / (double)TimeSpan.TicksPerMillisecond;
        return string.Create(CultureInfo.InvariantCulture, $"{timeMs,12:F3} ms  node {node}  {what}");
    }

    private void Keep(int node, object what)
    {
        _last.Enqueue((timeline.Now, node, what));
        if (_last.Count > Kept)
        {
            _last.Dequeue();
        }
    }

    private void Mix(ulong value) => Hash = unchecked((Hash ^ value) * Prime);
}
