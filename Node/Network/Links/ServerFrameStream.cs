using EnergyChain.Node.Network.Wire;
using Grpc.Core;

namespace EnergyChain.Node.Network.Links;

/// <summary>The listener's end; the call lives as long as the service method that was given it.</summary>
internal sealed class ServerFrameStream(IAsyncStreamReader<Frame> reader, IServerStreamWriter<Frame> writer)
    : IFrameStream
{
    public async Task<Frame?> ReadAsync() => await reader.MoveNext(CancellationToken.None) ? reader.Current : null;

    public Task WriteAsync(Frame frame) => writer.WriteAsync(frame);

    public Task FinishAsync(TimeSpan patience) => Task.CompletedTask;
}
