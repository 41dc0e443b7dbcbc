using EnergyChain.Node.Devnet.Report;
using EnergyChain.Protocol.V1;
using Grpc.Core;
using Grpc.Net.Client;

namespace EnergyChain.Node.Devnet;

/// <summary>Asks a node over its public API, as any client would.</summary>
public sealed class NodeProbe(string name, string role, string apiAddress, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private readonly GrpcChannel _channel = GrpcChannel.ForAddress($"http://{apiAddress}");

    public string Name => name;

    public string Role => role;

    /// <summary>The node's height; null where it does not answer.</summary>
    public async Task<ulong?> HeightAsync(CancellationToken cancellation)
    {
        try
        {
            NodeService.NodeServiceClient client = new(_channel);
            NodeStatus status = await client.GetStatusAsync(new GetStatusRequest(), Options(cancellation));
            return status.Height;
        }
        catch (RpcException)
        {
            return null;
        }
    }

    /// <summary>
    /// The node's block at a height and its state after it, which the header above states: the node must have one
    /// block more. An empty row where it does not answer.
    /// </summary>
    public async Task<NodeRow> AtAsync(ulong height, int restarts, CancellationToken cancellation)
    {
        try
        {
            ChainService.ChainServiceClient client = new(_channel);
            GetBlockRequest at = new() { Height = height };
            GetBlockRequest next = new() { Height = height + 1 };
            Block block = await client.GetBlockAsync(at, Options(cancellation));
            Block above = await client.GetBlockAsync(next, Options(cancellation));
            return new NodeRow(name, role, height, block.Hash, above.ParentStateRoot, restarts);
        }
        catch (RpcException)
        {
            return NodeRow.WithoutAnswer(name, role, restarts);
        }
    }

    public void Dispose() => _channel.Dispose();

    private CallOptions Options(CancellationToken cancellation) =>
        new(deadline: (time.GetUtcNow() + Patience).UtcDateTime, cancellationToken: cancellation);
}
