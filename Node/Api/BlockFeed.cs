using System.Runtime.CompilerServices;
using EnergyChain.Core.Primitives;
using EnergyChain.Node.Execution;

namespace EnergyChain.Node.Api;

/// <summary>Heights of final blocks in order and without gaps, at the reader's pace.</summary>
internal sealed class BlockFeed(IChain chain, HeadSignal heads, IHostApplicationLifetime lifetime)
{
    /// <param name="from">The first height; 0 for the one after the head of now.</param>
    /// <param name="cancellationToken">Ends the feed when the caller hangs up.</param>
    public async IAsyncEnumerable<Height> From(
        ulong from, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(
            cancellationToken, lifetime.ApplicationStopping);
        ulong height = from == 0 ? chain.Head.Height.Value + 1 : from;
        while (true)
        {
            Task next = heads.Next;
            while (height <= chain.Head.Height.Value)
            {
                either.Token.ThrowIfCancellationRequested();
                yield return new Height(height);
                height++;
            }

            await next.WaitAsync(either.Token);
        }
    }
}
