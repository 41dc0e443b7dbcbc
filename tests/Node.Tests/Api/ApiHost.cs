using System.Net;
using EnergyChain.Node.Api;
using EnergyChain.Node.Execution;
using EnergyChain.Node.Index;
using EnergyChain.Node.Network;
using EnergyChain.Node.Pool;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace EnergyChain.Node.Tests.Api;

/// <summary>The public API of a node on a free loopback port, over a chain and a pool of the test's own.</summary>
internal sealed class ApiHost : IAsyncDisposable
{
    private readonly WebApplication _application;

    private ApiHost(WebApplication application, FakeChain chain, FakePool pool)
    {
        _application = application;
        Chain = chain;
        Pool = pool;
        Address = application.Services.GetRequiredService<IServer>().Features
            .Get<IServerAddressesFeature>()!.Addresses.Single();
        Channel = GrpcChannel.ForAddress(Address, new GrpcChannelOptions { MaxReceiveMessageSize = null });
    }

    public FakeChain Chain { get; }

    public FakePool Pool { get; }

    /// <summary>http://127.0.0.1:PORT.</summary>
    public string Address { get; }

    public GrpcChannel Channel { get; }

    public IServiceProvider Services => _application.Services;

    /// <summary>Starts it over the fake chain, or over a real one.</summary>
    public static async Task<ApiHost> StartAsync(
        string? indexPath = null,
        ISiteStatus? sites = null,
        IPeerDirectory? peers = null,
        IChainTracer? tracer = null,
        Node.Execution.Chain? real = null)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        FakeChain chain = new();
        FakePool pool = new();
        builder.WebHost.ConfigureKestrel(options => options.ListenForNodeApi(new IPEndPoint(IPAddress.Loopback, 0)));
        builder.Services.AddSingleton<IChain>(real is null ? chain : real);
        if ((tracer ?? real) is { } tracing)
        {
            builder.Services.AddSingleton(tracing);
        }

        if (real is not null)
        {
            builder.Services.AddSingleton<IChainProver>(real);
        }

        builder.Services.AddSingleton<ITransactionPool>(pool);
        if (sites is not null)
        {
            builder.Services.AddSingleton(sites);
        }

        if (peers is not null)
        {
            builder.Services.AddSingleton(peers);
        }

        if (indexPath is not null)
        {
            builder.Services.AddHistoryIndex(indexPath);
        }

        builder.Services.AddNodeApi(options => options.NodeName = "test");
        WebApplication application = builder.Build();
        application.UseOverloadGuard();
        application.MapNodeApi();
        await application.StartAsync();
        return new ApiHost(application, chain, pool);
    }

    public async ValueTask DisposeAsync()
    {
        Channel.Dispose();
        await _application.StopAsync();
        await _application.DisposeAsync();
    }
}
