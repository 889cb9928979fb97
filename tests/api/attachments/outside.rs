//! The services beside the program: a virus scanner that speaks clamd's protocol and an S3 that answers over HTTP, both on this
//! machine and made for these stories.

use actix_web::web::{Bytes, Data, Path};
use actix_web::{App as ActixApp, HttpRequest, HttpResponse, HttpServer, web};
use serde_json::json;
use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::net::TcpListener;
use std::sync::{Arc, Mutex};

use crate::applications::world::{World, text};
use crate::support::{Db, TestApp};

const EICAR: &[u8] = br"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*";

/// Reads one INSTREAM session after another and answers by whether the EICAR test text was in it.
fn scanner() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("an address").to_string();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.expect("a connection");
            let mut command = [0; 10];
            stream.read_exact(&mut command).expect("a command");
            assert_eq!(&command, b"zINSTREAM\0");
            let mut content = Vec::new();
            loop {
                let mut length = [0; 4];
                stream.read_exact(&mut length).expect("a length");
                let length = u32::from_be_bytes(length) as usize;
                if length == 0 {
                    break;
                }
                let mut piece = vec![0; length];
                stream.read_exact(&mut piece).expect("a piece");
                content.extend(piece);
            }
            let infected = content.windows(EICAR.len()).any(|window| window == EICAR);
            let answer: &[u8] = if infected { b"stream: Eicar-Test-Signature FOUND\0" } else { b"stream: OK\0" };
            stream.write_all(answer).expect("an answer");
        }
    });
    address
}

#[actix_web::test]
async fn an_infected_file_is_refused_by_name_and_a_clean_one_is_taken() {
    let address = scanner();
    let app = TestApp::start_with(Db::Sqlite, |config| config.files.clamav = address).await;
    let world = World::new(&app).await;
    let round = world.round(json!({})).await;
    let firm = world.firm().await;
    let path = format!("/applications/{}/attachments?name=a.pdf", world.empty_draft(&round, &firm).await);
    // Longer than one piece of the protocol.
    let mut infected = b"%PDF-1.7\n".to_vec();
    infected.resize(200_000, b' ');
    let clean = infected.clone();
    infected.extend(EICAR);
    let refusal = firm.owner.upload(&path, "application/pdf", infected).await.refused(422, "file_infected");
    assert_eq!(refusal["detail"], "the virus scanner found Eicar-Test-Signature");
    let made = firm.owner.upload(&path, "application/pdf", clean).await.expect(201);
    assert_eq!(made["bytes"], 200_000);
    app.finish().await;
}

#[actix_web::test]
async fn while_the_scanner_is_silent_nothing_is_taken() {
    // A port nobody listens on.
    let address = TcpListener::bind("127.0.0.1:0").expect("a port").local_addr().expect("an address").to_string();
    let app = TestApp::start_with(Db::Sqlite, |config| config.files.clamav = address).await;
    let world = World::new(&app).await;
    let round = world.round(json!({})).await;
    let firm = world.firm().await;
    let path = format!("/applications/{}/attachments", world.empty_draft(&round, &firm).await);
    let reply = firm.owner.upload(&format!("{path}?name=a.pdf"), "application/pdf", b"%PDF-1.7".to_vec()).await;
    assert_eq!(reply.header("retry-after"), "1");
    reply.refused(503, "busy");
    assert_eq!(firm.owner.get(&path).await.expect(200)["items"], json!([]));
    app.finish().await;
}

type Objects = Arc<Mutex<BTreeMap<String, Vec<u8>>>>;

async fn put(objects: Data<Objects>, key: Path<String>, request: HttpRequest, body: Bytes) -> HttpResponse {
    let signed = request.headers().get("authorization").and_then(|v| v.to_str().ok()).unwrap_or_default();
    assert!(signed.starts_with("AWS4-HMAC-SHA256 Credential=key/"), "{signed}");
    objects.lock().unwrap().insert(key.into_inner(), body.to_vec());
    HttpResponse::Ok().insert_header(("etag", "\"1\"")).finish()
}

async fn get(objects: Data<Objects>, key: Path<String>) -> HttpResponse {
    match objects.lock().unwrap().get(key.as_str()) {
        Some(body) => HttpResponse::Ok()
            .insert_header(("etag", "\"1\""))
            .insert_header(("last-modified", "Mon, 02 Mar 2026 01:00:00 GMT"))
            .body(body.clone()),
        None => HttpResponse::NotFound().finish(),
    }
}

async fn delete(objects: Data<Objects>, key: Path<String>) -> HttpResponse {
    objects.lock().unwrap().remove(key.as_str());
    HttpResponse::NoContent().finish()
}

/// Deleting goes by a list of keys in S3.
async fn delete_many(objects: Data<Objects>, body: Bytes) -> HttpResponse {
    let body = String::from_utf8_lossy(&body).into_owned();
    let keys: Vec<&str> = body.split("<Key>").skip(1).filter_map(|part| part.split("</Key>").next()).collect();
    let mut answer = String::from("<DeleteResult>");
    for key in keys {
        objects.lock().unwrap().remove(key);
        answer += &format!("<Deleted><Key>{key}</Key></Deleted>");
    }
    HttpResponse::Ok().content_type("application/xml").body(answer + "</DeleteResult>")
}

#[actix_web::test]
async fn files_lie_in_an_s3_bucket_when_the_configuration_says_so() {
    let objects: Objects = Objects::default();
    let shared = objects.clone();
    let server = HttpServer::new(move || {
        ActixApp::new()
            .app_data(Data::new(shared.clone()))
            .route("/evidence", web::post().to(delete_many))
            .route("/evidence/{key:.*}", web::put().to(put))
            .route("/evidence/{key:.*}", web::get().to(get))
            .route("/evidence/{key:.*}", web::delete().to(delete))
    })
    .workers(1)
    .disable_signals()
    .bind("127.0.0.1:0")
    .expect("a port");
    let endpoint = format!("http://{}", server.addrs()[0]);
    let running = server.run();
    let handle = running.handle();
    actix_web::rt::spawn(running);

    let app = TestApp::start_with(Db::Sqlite, |config| {
        config.files.store = "s3://evidence".into();
        config.files.s3_endpoint = endpoint;
        config.files.s3_access_key = "key".into();
        config.files.s3_secret_key = "secret".into();
    })
    .await;
    let world = World::new(&app).await;
    let round = world.round(json!({})).await;
    let firm = world.firm().await;
    let path = format!("/applications/{}/attachments?name=a.pdf", world.empty_draft(&round, &firm).await);
    let made = firm.owner.upload(&path, "application/pdf", b"%PDF-1.7 in a bucket".to_vec()).await.expect(201);
    let id = text(&made["id"]);
    let keys: Vec<String> = objects.lock().unwrap().keys().cloned().collect();
    assert_eq!(keys, [format!("attachments/{id}")]);
    assert_eq!(firm.owner.get(&format!("/attachments/{id}/content")).await.text, "%PDF-1.7 in a bucket");
    firm.owner.delete(&format!("/attachments/{id}")).await.expect(204);
    assert!(objects.lock().unwrap().is_empty());
    app.finish().await;
    handle.stop(true).await;
}
