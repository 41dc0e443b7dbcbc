using EnergyChain.Client;
using EnergyChain.Dashboard.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace EnergyChain.Dashboard.Tests;

/// <summary>A folder for each test, and in it the application as it is served, with a node of the test's.</summary>
public abstract class HostFixture
{
    private WebApplication? _app;

    protected string Folder { get; private set; } = "";

    protected WebApplication App => _app ?? throw new InvalidOperationException("Nothing was started.");

    [SetUp]
    public void MakeFolder() => Folder = Directory.CreateTempSubdirectory("energychain-dashboard").FullName;

    [TearDown]
    public async Task StopAsync()
    {
        if (_app is not null)
        {
            await _app.DisposeAsync();
        }

        Directory.Delete(Folder, recursive: true);
    }

    /// <summary>Starts it; options name <see cref="Folder"/> as their data directory.</summary>
    private protected async Task StartAsync(
        DashboardOptions options, FakeNode? node = null, Action<WebApplication>? change = null)
    {
        _app = DashboardHost.Build(
            options,
            builder =>
            {
                builder.WebHost.UseTestServer();
                builder.Services.Replace(ServiceDescriptor.Singleton<INodeClient>(node ?? new FakeNode()));
            });
        change?.Invoke(_app);
        await _app.StartAsync();
    }
}
