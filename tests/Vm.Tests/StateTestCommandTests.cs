using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using EnergyChain.StateTests;

namespace EnergyChain.Vm.Tests;

/// <summary>The state-test runner as its user sees it: files, options, output, exit code.</summary>
public sealed class StateTestCommandTests
{
    private string _folder = string.Empty;

    [SetUp]
    public void CreateFolder() => _folder = Directory.CreateTempSubdirectory("statetests").FullName;

    [TearDown]
    public void DeleteFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task Sound_case_passes_and_a_wrong_root_fails_with_what_differed()
    {
        Write("good.json", StateTestSample.Create());
        JsonObject wrong = StateTestSample.Create();
        StateTestSample.Post(wrong)["hash"] = "0x" + new string('1', 64);
        Write("wrong.json", wrong);
        (int exitCode, string[] lines, _) = await RunAsync(_folder);
        Assert.That(exitCode, Is.EqualTo(1));
        Assert.That(lines, Has.Length.EqualTo(2));
        Assert.That(lines[0], Does.StartWith($"FAILED {_folder}/wrong.json sample d0 g0 v0: state root 0x"));
        Assert.That(lines[1], Is.EqualTo("1 passed, 1 failed, 0 skipped"));
    }

    [Test]
    public async Task Case_that_takes_too_long_is_one_failure_and_the_run_goes_on()
    {
        JsonObject test = StateTestSample.Create();
        JsonObject endless = StateTestSample.Create(code: "0x5b600056");
        StateTestSample.Body(endless)["transaction"]!["gasLimit"] = new JsonArray("0x3fffffffffffffff");
        StateTestSample.Body(endless)["transaction"]!["gasPrice"] = "0x0";
        StateTestSample.Body(endless)["env"]!["currentBaseFee"] = "0x0";
        StateTestSample.Body(endless)["env"]!["currentGasLimit"] = "0x7fffffffffffffff";
        test["endless"] = StateTestSample.Body(endless).DeepClone();
        test["last"] = StateTestSample.Body(StateTestSample.Create()).DeepClone();
        Write("three.json", test);
        (int exitCode, string[] lines, _) = await RunAsync(_folder, "--limit", "3");
        Assert.That(exitCode, Is.EqualTo(1));
        Assert.That(lines, Is.EqualTo(new[]
        {
            $"FAILED {_folder}/three.json endless d0 g0 v0: not done after 3 s",
            "2 passed, 1 failed, 0 skipped",
        }));
    }

    [Test]
    public async Task Json_is_one_document_with_failures_and_what_was_skipped()
    {
        Write("blobs.json", StateTestSample.Create(transaction => transaction["maxFeePerBlobGas"] = "0x1"));
        File.WriteAllText(Path.Combine(_folder, "broken.json"), "{");
        (int exitCode, string[] lines, _) = await RunAsync(_folder, "--json");
        Assert.That(exitCode, Is.EqualTo(1));
        using JsonDocument report = JsonDocument.Parse(string.Join('\n', lines));
        Assert.That(report.RootElement.GetProperty("failed").GetInt32(), Is.EqualTo(1));
        Assert.That(
            report.RootElement.GetProperty("skips").GetProperty("blob transaction").GetInt32(), Is.EqualTo(1));
        Assert.That(
            report.RootElement.GetProperty("failures")[0].GetProperty("file").GetString(), Does.EndWith("broken.json"));
    }

    [Test]
    public async Task Trace_has_the_fields_of_eip_3155_and_ends_with_the_summary()
    {
        Write("good.json", StateTestSample.Create());
        (int exitCode, _, string[] trace) = await RunAsync(_folder, "--trace");
        Assert.That(exitCode, Is.Zero);
        using JsonDocument step = JsonDocument.Parse(trace[0]);
        string[] fields = [.. step.RootElement.EnumerateObject().Select(static field => field.Name)];
        Assert.That(fields, Is.EqualTo(new[]
        {
            "pc", "op", "gas", "gasCost", "memSize", "stack", "depth", "returnData", "refund", "opName",
        }));
        Assert.That(step.RootElement.GetProperty("gasCost").GetString(), Is.EqualTo("0x3"));
        Assert.That(step.RootElement.GetProperty("depth").GetInt32(), Is.EqualTo(1));
        using JsonDocument summary = JsonDocument.Parse(trace[^1]);
        Assert.That(summary.RootElement.GetProperty("pass").GetBoolean(), Is.True);
        Assert.That(summary.RootElement.GetProperty("stateRoot").GetString(), Does.StartWith("0x"));
        Assert.That(summary.RootElement.GetProperty("gasUsed").GetString(), Does.StartWith("0x"));
    }

    [TestCase("")]
    [TestCase("/ --fork London")]
    [TestCase("/ --limit 0")]
    [TestCase("/ --unknown")]
    [TestCase("/no/such/path")]
    public async Task Wrong_usage_exits_with_2(string arguments)
    {
        (int exitCode, string[] lines, string[] errors) =
            await RunAsync(arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.That(exitCode, Is.EqualTo(2));
        Assert.That(lines, Is.Empty);
        Assert.That(errors[^1], Does.StartWith("usage: "));
    }

    private static async Task<(int ExitCode, string[] Output, string[] Errors)> RunAsync(params string[] arguments)
    {
        ProcessStartInfo start = new("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(typeof(StateTestRunner).Assembly.Location);
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, Lines(await output), Lines(await errors));
    }

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private void Write(string name, JsonObject test) =>
        File.WriteAllText(Path.Combine(_folder, name), test.ToJsonString());
}
